package io.penstock.spark.clock;

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
 * Which texts Spark completes from the clock when it makes a time of them.
 *
 * <p>There are two kinds. A time of day without a date, {@code 12:30:00} or {@code T12:30Z}, takes
 * the day's date as a TIMESTAMP, whenever it is parsed. The words {@code now}, {@code today},
 * {@code tomorrow} and {@code yesterday}, with or without a zone, are times only as constants,
 * which Spark folds by a rule of their own; as the value of a column they are no time at all.
 */
final class TimeText {
  private static final ZoneId UTC = ZoneOffset.UTC;

  private TimeText() {}

  /** Whether Spark gives the text today's date when it makes a TIMESTAMP of it. */
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
   * What tells nearly all texts apart without parsing them: only one that begins with a {@code T},
   * or with one or two digits and a colon, can be a time of day.
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

  /** What Spark skips before a time: spaces and control characters, and no others. */
  private static boolean isTrimmed(byte character) {
    return (character >= 0 && character <= ' ') || character == 0x7F;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** Whether a constant text, as a time of that type, is another one tomorrow. */
  static boolean moves(UTF8String text, DataType type) {
    return isMovingWord(text.toString(), type)
        || (type instanceof TimestampType && isTimeAlone(text));
  }

  /** The beginning of time is the only word that stands still. */
  private static boolean isMovingWord(String text, DataType type) {
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
