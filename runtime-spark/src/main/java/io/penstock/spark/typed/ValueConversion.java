package io.penstock.spark.typed;

import java.io.Serializable;

/** Makes a value of a declared type of one that a file holds. */
@FunctionalInterface
interface ValueConversion extends Serializable {
  /**
   * The value of the declared type, as Spark's internal rows hold it.
   *
   * @param value of the file, which may be NULL
   * @throws UnfitValueException if it is no value of the declared type
   */
  Object convert(Object value);
}
