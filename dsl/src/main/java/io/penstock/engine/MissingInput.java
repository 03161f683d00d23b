package io.penstock.engine;

import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import java.util.List;

/**
 * Something that a run reads and that isn't there.
 *
 * @param units the units that are missing; empty when the whole table or folder is
 * @param state what is known of it
 */
public record MissingInput(LakePath path, List<Interval> units, State state) {
  /** What is known of an input that isn't there. */
  public enum State {
    /** It may come: a run writes it, or somebody delivers it. */
    AWAITED,
    /** There is no such table: unless a job writes it, nobody will. */
    UNKNOWN
  }

  public MissingInput {
    units = List.copyOf(units);
  }

  /** Something that may come. */
  public MissingInput(LakePath path, List<Interval> units) {
    this(path, units, State.AWAITED);
  }

  /** A table that isn't there at all. */
  public static MissingInput unknownTable(LakePath path) {
    return new MissingInput(path, List.of(), State.UNKNOWN);
  }
}
