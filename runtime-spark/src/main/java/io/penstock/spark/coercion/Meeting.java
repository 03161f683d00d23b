package io.penstock.spark.coercion;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
    return known
        ? IntStream.range(0, sides.size())
            .filter(position -> !isHarmless(position))
            .mapToObj(sides::get)
            .findFirst()
        : Optional.empty();
  }

  /**
   * A comparison with constants may be right although not all values of the other type are kept.
   */
  private boolean isHarmless(int position) {
    Side side = sides.get(position);
    return side.isKept()
        || (purpose == Purpose.COMPARE
            && side.isSeparatedFrom(
                IntStream.range(0, sides.size())
                    .filter(other -> other != position)
                    .mapToObj(sides::get)
                    .toList()));
  }

  /** The side on account of which another one, which is lossy, is converted. */
  Side partner(Side lossy) {
    return sides.stream()
        .filter(other -> other.type().equals(lossy.commonType()))
        .findFirst()
        .or(() -> sides.stream().filter(other -> !other.type().equals(lossy.type())).findFirst())
        .orElse(lossy);
  }
}
