package io.penstock.spark.datetime;

import java.util.function.Consumer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.unsafe.types.UTF8String;

/** Whether a conversion between two types turns text into a date or a time, and where. */
final class TextToTime {
  private TextToTime() {}

  /** Whether a text, at any depth, becomes a TIMESTAMP: Spark adds a date to a time of day. */
  static boolean parsesTimestamps(DataType from, DataType to) {
    return NestedValues.anyMatch(from, to, TextToTime::isTimestamp);
  }

  /** Whether the text itself is converted: as a constant it may be a word such as 'today'. */
  static boolean readsWords(DataType from, DataType to) {
    return from instanceof StringType
        && (to instanceof DateType
            || to instanceof TimestampType
            || to instanceof TimestampNTZType);
  }

  /** Whether a variant, which may hold texts, becomes a TIMESTAMP or a type that contains one. */
  static boolean parsesVariants(DataType from, DataType to) {
    return NestedValues.anyMatch(
        from, to, (value, made) -> value instanceof VariantType && holdsTimestamp(made));
  }

  /** Whether the type is, or contains, a TIMESTAMP. */
  static boolean holdsTimestamp(DataType type) {
    return type.existsRecursively(TimestampType.class::isInstance);
  }

  /** Calls the action with each text within a value that becomes a TIMESTAMP. */
  static void forEachText(Object value, DataType from, DataType to, Consumer<UTF8String> action) {
    NestedValues.forEach(
        value, from, to, TextToTime::isTimestamp, text -> action.accept((UTF8String) text));
  }

  private static boolean isTimestamp(DataType from, DataType to) {
    return from instanceof StringType && to instanceof TimestampType;
  }
}
