package io.penstock.spark.typed;

import io.penstock.spark.records.MalformedInputException;

/** A value of a file that isn't one of the declared type. */
final class UnfitValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason to be put after the column, without the value, which may be personal data
   */
  UnfitValueException(String reason) {
    super(reason, null, false, false);
  }

  /** One that no type of Spark holds. */
  static UnfitValueException nanoseconds() {
    return new UnfitValueException(
        "holds a time with nanoseconds, and a TIMESTAMP has microseconds");
  }

  /** What is wrong with the file that holds it. */
  MalformedInputException in(String file, String column) {
    return MalformedInputException.ofFile(
        file,
        "column '" + column + "' " + getMessage(),
        "correct the file, or declare a type for '" + column + "' that holds all its values.");
  }
}
