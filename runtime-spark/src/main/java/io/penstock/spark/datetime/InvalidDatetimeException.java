package io.penstock.spark.datetime;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.text.Printable;
import org.apache.spark.unsafe.types.UTF8String;

/** A row holds a value that is no valid date or time, and that Spark would silently change. */
public final class InvalidDatetimeException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /** A time with the name of a zone is shorter; anything longer only has to be recognised. */
  private static final int LONGEST = 60;

  private InvalidDatetimeException(String code, String message, String fix) {
    super(new Failure(FailureKind.DATA, code, message, fix));
  }

  /**
   * A time of day without a date that is converted to TIMESTAMP.
   *
   * @param expression the conversion, in SQL
   * @param place the step and its line in the job
   */
  static InvalidDatetimeException timeAlone(UTF8String text, String expression, String place) {
    return new InvalidDatetimeException(
        "MOVING_TIME",
        "Cannot read '%s' as a TIMESTAMP in %s at %s: it has no date, and Spark would add the day on which the job runs."
            .formatted(Printable.beginning(text.toString(), LONGEST), expression, place),
        "add the date to the text, such as concat(day, ' ', text), or keep it as STRING.");
  }

  /**
   * A number that is no valid TIMESTAMP.
   *
   * @param expression what was computed, in SQL
   * @param place the step and its line in the job
   */
  static InvalidDatetimeException outOfRange(String number, String expression, String place) {
    return beyond(
        number,
        expression,
        place,
        "correct the data, or filter such rows out. A number is read as seconds:"
            + " timestamp_millis and timestamp_micros read smaller units.");
  }

  /**
   * A date, or a number of days, with which no valid DATE can be computed.
   *
   * @param value the date, or the number
   * @param expression what was computed, in SQL
   * @param place the step and its line in the job
   */
  static InvalidDatetimeException daysOutOfRange(String value, String expression, String place) {
    return beyond(value, expression, place, "correct the data, or filter such rows out.");
  }

  private static InvalidDatetimeException beyond(
      String value, String expression, String place, String fix) {
    return new InvalidDatetimeException(
        "TIME_OUT_OF_RANGE",
        "Cannot compute %s with %s at %s: the result would be outside the range of its type."
            .formatted(expression, value, place),
        fix);
  }

  /** A text in a file that isn't a complete TIMESTAMP, in a column declared as one. */
  static InvalidDatetimeException undated(String column, String file) {
    return new InvalidDatetimeException(
        "MALFORMED_INPUT",
        "Cannot read %s: column '%s' holds a value that is not a TIMESTAMP with a date."
            .formatted(file, column),
        "correct the file, or declare the column as STRING and convert it.");
  }
}
