package io.penstock.spark.clock;

import java.io.Serializable;

/** Accepts or refuses values on their way into a conversion to a time. */
public interface ValueCheck extends Serializable {
  /**
   * Accepts a value, as Spark holds it inside, by returning.
   *
   * @throws MovingTimeException if one of its texts is refused
   */
  void require(Object value);
}
