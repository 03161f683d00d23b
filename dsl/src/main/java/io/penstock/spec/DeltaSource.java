package io.penstock.spec;

import java.util.Optional;

/** A Delta table, or some of its units, read at one version for the whole run. */
public record DeltaSource(LakePath path, Optional<Window> window, WhenMissing whenMissing)
    implements Source {

  /** The same source, where a missing unit counts as one without rows. */
  public DeltaSource orEmpty() {
    return new DeltaSource(path, window, WhenMissing.TREAT_AS_EMPTY);
  }

  @Override
  public String format() {
    return "delta";
  }
}
