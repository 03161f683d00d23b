package io.penstock.spark.datetime;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * Tells which texts Spark reads the clock for when it converts them to a date or a time.
 *
 * <p>There are two sorts. To a time of day without a date, {@code 12:30:00} or {@code T12:30Z},
 * Spark adds today's date whenever it is parsed as a TIMESTAMP. The words {@code now}, {@code
 * today}, {@code tomorrow} and {@code yesterday}, with or without a zone, are times only as
 * constants, which an optimizer rule replaces; as the value of a column they are invalid.
 */
final class DatetimeText {
  private static final ZoneId UTC = ZoneOffset.UTC;

  private DatetimeText() {}

  /** Whether Spark adds today's date when it converts the text to TIMESTAMP. */
  static boolean isTimeAlone(UTF8String text) {
    return mayLackDate(text)
        && DateTimeUtils.stringToTimestamp(text, UTC).isDefined()
        && (Boolean) DateTimeUtils.parseTimestampString(text)._3();
  }

  /** Whether the text is a TIMESTAMP that begins with year and month. */
  static boolean isDated(UTF8String text) {
    int position = firstKept(text);
    if (position < text.numBytes() && isSign(text.getByte(position))) {
      position++;
    }
    int year = position;
    while (position < text.numBytes() && isDigit(text.getByte(position))) {
      position++;
    }
    return position > year
        && position < text.numBytes()
        && text.getByte(position) == '-'
        && DateTimeUtils.stringToTimestamp(text, UTC).isDefined();
  }

  private static boolean isSign(byte character) {
    return character == '-' || character == '+';
  }

  private static int firstKept(UTF8String text) {
    int position = 0;
    while (position < text.numBytes() && isTrimmed(text.getByte(position))) {
      position++;
    }
    return position;
  }

  /**
   * Sorts out nearly all texts without parsing them: only a text that begins with a {@code T}, or
   * with one or two digits and a colon, can be a time of day.
   */
  private static boolean mayLackDate(UTF8String text) {
    int length = text.numBytes();
    if (length == 0) {
      return false;
    }
    if (text.getByte(0) == 'T') {
      return true;
    }
    int start = firstKept(text);
    int colon = start;
    while (colon < length && colon < start + 2 && isDigit(text.getByte(colon))) {
      colon++;
    }
    return colon > start && colon < length && text.getByte(colon) == ':';
  }

  /** Spark skips spaces and control characters before a time, and nothing else. */
  private static boolean isTrimmed(byte character) {
    return (character >= 0 && character <= ' ') || character == 0x7F;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** Whether a constant text, converted to the type, would be another value tomorrow. */
  static boolean readsClock(UTF8String text, DataType type) {
    return isWordForNow(text.toString(), type)
        || (type instanceof TimestampType && isTimeAlone(text));
  }

  /** Of the words that Spark knows, only the epoch doesn't depend on the clock. */
  private static boolean isWordForNow(String text, DataType type) {
    Option<Object> value =
        type instanceof DateType
            ? DateTimeUtils.convertSpecialDate(text, UTC)
            : type instanceof TimestampType
                ? DateTimeUtils.convertSpecialTimestamp(text, UTC)
                : type instanceof TimestampNTZType
                    ? DateTimeUtils.convertSpecialTimestampNTZ(text, UTC)
                    : Option.empty();
    return value.isDefined() && ((Number) value.get()).longValue() != 0;
  }
}
