package io.penstock.spec;

import java.time.Instant;

/**
 * A half-open stretch of time, {@code from} included and {@code to} excluded: the only clock of a
 * run.
 */
public record Interval(Instant from, Instant to) {
  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Cannot make an interval from %s to %s: it is half-open, so its end has to lie after its start."
              .formatted(from, to));
    }
  }

  /** Whether the two share at least one instant. */
  public boolean overlaps(Interval other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
