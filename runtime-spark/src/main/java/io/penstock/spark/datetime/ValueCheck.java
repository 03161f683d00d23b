package io.penstock.spark.datetime;

import java.io.Serializable;

/** Accepts or refuses the values that a conversion to a date or a time gets. */
public interface ValueCheck extends Serializable {
  /**
   * Returns if the value is accepted.
   *
   * @param value in Spark's internal form
   * @throws InvalidDatetimeException if it, or a part of it, is refused
   */
  void require(Object value);
}
