package io.penstock.spark.coercion;

import java.util.List;
import java.util.Optional;

/**
 * Values that Spark converts to one type.
 *
 * @param purpose what they are converted for
 */
record Meeting(Purpose purpose, List<Side> sides) {
  /** What becomes of values that meet. */
  enum Purpose {
    /** They are only held against each other. */
    COMPARE,
    /** One of them, or all, become values of one column. */
    COMBINE
  }

  Meeting {
    sides = List.copyOf(sides);
  }

  /** The first side that loses something; empty when all are kept. */
  Optional<Side> lossy() {
    boolean known = sides.stream().noneMatch(Side::isReference);
    return known ? sides.stream().filter(side -> !isHarmless(side)).findFirst() : Optional.empty();
  }

  /**
   * A comparison with constants may be right although not all values of the other type are kept.
   */
  private boolean isHarmless(Side side) {
    return side.isKept()
        || (purpose == Purpose.COMPARE
            && side.isSeparatedFrom(sides.stream().filter(other -> other != side).toList()));
  }

  /** The side on account of which another one is converted. */
  Side partner(Side side) {
    return sides.stream()
        .filter(other -> other != side && other.type().equals(side.commonType()))
        .findFirst()
        .or(
            () ->
                sides.stream()
                    .filter(other -> other != side && !other.type().equals(side.type()))
                    .findFirst())
        .orElse(side);
  }
}
