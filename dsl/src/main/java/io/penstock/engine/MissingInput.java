package io.penstock.engine;

import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import java.util.List;

/**
 * Something that a run reads and that isn't there.
 *
 * @param units the units that are missing; empty when the whole table or folder is
 */
public record MissingInput(LakePath path, List<Interval> units) {
  public MissingInput {
    units = List.copyOf(units);
  }
}
