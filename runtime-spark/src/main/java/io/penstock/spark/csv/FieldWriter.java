package io.penstock.spark.csv;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.penstock.spark.records.ValueParser;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes the values of one column that aren't NULL, in the form that {@link ValueParser} reads. */
@FunctionalInterface
interface FieldWriter {
  void write(SpecializedGetters row, int ordinal, CsvOutput out);

  /** The writer of a column; empty if its type has no text form in CSV. */
  static Optional<FieldWriter> of(StructField field, Dialect dialect) {
    String column = field.name();
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return Optional.of(
          (row, i, out) -> out.text(dialect.text(string(row.getUTF8String(i), column), column)));
    }
    return plain(type, dialect, column).map(text -> (row, i, out) -> out.plain(text.of(row, i)));
  }

  /** A value's text, which never needs quotes. */
  interface PlainText {
    String of(SpecializedGetters row, int ordinal);
  }

  private static Optional<PlainText> plain(DataType type, Dialect dialect, String column) {
    if (type instanceof DecimalType decimal) {
      return Optional.of((row, i) -> decimal(row, i, decimal));
    }
    if (type.equals(DataTypes.BooleanType)) {
      return Optional.of((row, i) -> String.valueOf(row.getBoolean(i)));
    }
    if (type.equals(DataTypes.ByteType)) {
      return Optional.of((row, i) -> String.valueOf(row.getByte(i)));
    }
    if (type.equals(DataTypes.ShortType)) {
      return Optional.of((row, i) -> String.valueOf(row.getShort(i)));
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Optional.of((row, i) -> String.valueOf(row.getInt(i)));
    }
    if (type.equals(DataTypes.LongType)) {
      return Optional.of((row, i) -> String.valueOf(row.getLong(i)));
    }
    // Java 17's own toString isn't always the shortest form that is parsed as the same number.
    if (type.equals(DataTypes.FloatType)) {
      return Optional.of((row, i) -> float32(row.getFloat(i), dialect));
    }
    if (type.equals(DataTypes.DoubleType)) {
      return Optional.of((row, i) -> float64(row.getDouble(i), dialect));
    }
    if (type.equals(DataTypes.DateType)) {
      return Optional.of(
          (row, i) -> dialect.time(LocalDate.ofEpochDay(row.getInt(i)).toString(), column));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return Optional.of((row, i) -> dialect.time(Times.utc(row.getLong(i)) + "Z", column));
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return Optional.of((row, i) -> dialect.time(Times.utc(row.getLong(i)), column));
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
