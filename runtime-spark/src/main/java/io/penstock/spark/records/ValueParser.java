package io.penstock.spark.records;

import java.io.Serializable;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * Parses the text of a value of one declared type. Strict: a text that isn't entirely a value of
 * the type, or would lose a digit, is rejected. Nothing is trimmed, rounded or clipped.
 */
@FunctionalInterface
public interface ValueParser extends Serializable {

  /**
   * The value, as Spark's internal rows hold it.
   *
   * @throws NumberFormatException or {@link DateTimeException} or {@link ArithmeticException} if
   *     the text isn't a value of the type; their messages contain the text and must not be shown
   */
  Object parse(String text);

  /** The parser of a type's strict form; empty if the type has no text form. */
  static Optional<ValueParser> of(DataType type) {
    return TextForms.of(type);
  }
}
