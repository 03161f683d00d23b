package io.penstock.spark.clock;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.text.Printable;
import org.apache.spark.unsafe.types.UTF8String;

/** A row holds what is no time by itself: Spark would complete it from the clock, or cut it off. */
public final class MovingTimeException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /** A time with a zone's name is short; what is longer is to be recognised, not read in full. */
  private static final int LONGEST = 60;

  private MovingTimeException(String code, String message, String fix) {
    super(new Failure(FailureKind.DATA, code, message, fix));
  }

  /**
   * A time of day that became a TIMESTAMP.
   *
   * @param expression the conversion, in SQL
   * @param place the step, with the line of the job that it stands in
   */
  static MovingTimeException timeAlone(UTF8String text, String expression, String place) {
    return new MovingTimeException(
        "MOVING_TIME",
        "Cannot read '%s' as a TIMESTAMP in %s at %s: it has no date, and would take that of the day on which the job runs."
            .formatted(Printable.beginning(text.toString(), LONGEST), expression, place),
        "give the text its date, such as concat(day, ' ', text), or keep it as STRING.");
  }

  /**
   * A number from which no time follows.
   *
   * @param expression what was computed, in SQL
   * @param place the step, with the line of the job that it stands in
   */
  static MovingTimeException outOfRange(String number, String expression, String place) {
    return beyond(
        number,
        expression,
        place,
        "a number is taken for seconds: timestamp_millis and timestamp_micros take others. Correct"
            + " the data, or leave such rows out.");
  }

  /**
   * A date, or a number of days, from which no other date can be computed.
   *
   * @param value the date, or the number
   * @param expression what was computed, in SQL
   * @param place the step, with the line of the job that it stands in
   */
  static MovingTimeException daysOutOfRange(String value, String expression, String place) {
    return beyond(value, expression, place, "correct the data, or leave such rows out.");
  }

  private static MovingTimeException beyond(
      String value, String expression, String place, String fix) {
    return new MovingTimeException(
        "TIME_OUT_OF_RANGE",
        "Cannot compute %s with %s at %s: the result would be beyond what its type can hold."
            .formatted(expression, value, place),
        fix);
  }

  /** What a file holds in a column that was declared as TIMESTAMP. */
  static MovingTimeException undated(String column, String file) {
    return new MovingTimeException(
        "MALFORMED_INPUT",
        "Cannot read %s: '%s' holds something that is not a TIMESTAMP with its date."
            .formatted(file, column),
        "mend the file, or declare the column as STRING and convert it.");
  }
}
