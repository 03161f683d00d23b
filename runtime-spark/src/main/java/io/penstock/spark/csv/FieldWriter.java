package io.penstock.spark.csv;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** Value to text for one column that isn't NULL, in the form that {@link FieldParser} reads. */
@FunctionalInterface
interface FieldWriter {
  void write(SpecializedGetters row, int ordinal, CsvOutput out) throws IOException;

  /** The writer of a column, or empty if CSV has no form for its type. */
  static Optional<FieldWriter> of(StructField field, Dialect dialect) {
    String column = field.name();
    if (field.dataType() instanceof StringType) {
      return Optional.of(
          (row, i, out) -> out.text(dialect.text(string(row.getUTF8String(i), column), column)));
    }
    if (field.dataType() instanceof DecimalType type) {
      return Optional.of((row, i, out) -> out.plain(decimal(row, i, type)));
    }
    if (field.dataType().equals(DataTypes.BooleanType)) {
      return Optional.of((row, i, out) -> out.plain(String.valueOf(row.getBoolean(i))));
    }
    if (field.dataType().equals(DataTypes.ByteType)) {
      return Optional.of((row, i, out) -> out.plain(String.valueOf(row.getByte(i))));
    }
    if (field.dataType().equals(DataTypes.ShortType)) {
      return Optional.of((row, i, out) -> out.plain(String.valueOf(row.getShort(i))));
    }
    if (field.dataType().equals(DataTypes.IntegerType)) {
      return Optional.of((row, i, out) -> out.plain(String.valueOf(row.getInt(i))));
    }
    if (field.dataType().equals(DataTypes.LongType)) {
      return Optional.of((row, i, out) -> out.plain(String.valueOf(row.getLong(i))));
    }
    // Java 17's own toString is not always the shortest form that reads back as the same number.
    if (field.dataType().equals(DataTypes.FloatType)) {
      return Optional.of((row, i, out) -> out.plain(float32(row.getFloat(i), dialect)));
    }
    if (field.dataType().equals(DataTypes.DoubleType)) {
      return Optional.of((row, i, out) -> out.plain(float64(row.getDouble(i), dialect)));
    }
    if (field.dataType().equals(DataTypes.DateType)) {
      return Optional.of(
          (row, i, out) ->
              out.plain(dialect.time(LocalDate.ofEpochDay(row.getInt(i)).toString(), column)));
    }
    if (field.dataType().equals(DataTypes.TimestampType)) {
      return Optional.of(
          (row, i, out) -> out.plain(dialect.time(Times.utc(row.getLong(i)) + "Z", column)));
    }
    if (field.dataType().equals(DataTypes.TimestampNTZType)) {
      return Optional.of(
          (row, i, out) -> out.plain(dialect.time(Times.utc(row.getLong(i)), column)));
    }
    return Optional.empty();
  }

  private static byte[] string(UTF8String value, String column) {
    if (!value.isValid()) {
      throw CsvErrors.invalidText(column);
    }
    return value.getBytes();
  }

  private static String float32(float value, Dialect dialect) {
    return Float.isFinite(value)
        ? NumberOutput.toString(value, true)
        : dialect.notFinite(String.valueOf(value));
  }

  private static String float64(double value, Dialect dialect) {
    return Double.isFinite(value)
        ? NumberOutput.toString(value, true)
        : dialect.notFinite(String.valueOf(value));
  }

  private static String decimal(SpecializedGetters row, int ordinal, DecimalType type) {
    return row.getDecimal(ordinal, type.precision(), type.scale())
        .toJavaBigDecimal()
        .setScale(type.scale(), RoundingMode.UNNECESSARY)
        .toPlainString();
  }

  /** Microseconds since 1970 as date and time in UTC, always with six digits of a second. */
  final class Times {
    private static final DateTimeFormatter MICROSECONDS =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ROOT);

    private Times() {}

    static String utc(long microseconds) {
      Instant instant = Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
      return MICROSECONDS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
  }
}
