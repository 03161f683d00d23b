package io.penstock.spark.sql;

import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Renders typed values and names as Spark SQL text, so that no statement is built from raw strings.
 *
 * <p>The text has the same meaning in every session time zone, and is not changed by the variable
 * substitution that Spark applies to every statement.
 */
public final class SqlLiterals {
  private static final DateTimeFormatter UTC_MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST_TIMESTAMP = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END_OF_TIMESTAMPS = Instant.parse("+10000-01-01T00:00:00Z");

  private SqlLiterals() {}

  /**
   * A literal of the type.
   *
   * @param value a String, Boolean, Integer, Long, BigDecimal, Double, LocalDate or Instant that
   *     matches the type; an Instant in whole microseconds, dates and instants of the years 1 to
   *     9999
   * @throws IllegalArgumentException when the value is absent, of another class, or not exactly
   *     representable
   */
  public static String render(DataType type, Object value) {
    if (value == null) {
      throw SqlErrors.nullLiteral(type);
    }
    if (type.equals(DataTypes.StringType)) {
      return string(as(String.class, type, value));
    }
    if (type.equals(DataTypes.BooleanType)) {
      return as(Boolean.class, type, value) ? "TRUE" : "FALSE";
    }
    if (type.equals(DataTypes.IntegerType)) {
      return as(Integer.class, type, value).toString();
    }
    if (type.equals(DataTypes.LongType)) {
      return as(Long.class, type, value) + "L";
    }
    if (type instanceof DecimalType decimal) {
      return decimal(decimal, as(BigDecimal.class, type, value));
    }
    if (type.equals(DataTypes.DoubleType)) {
      return floating(as(Double.class, type, value));
    }
    if (type.equals(DataTypes.DateType)) {
      return date(as(LocalDate.class, type, value));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return timestamp(as(Instant.class, type, value));
    }
    throw SqlErrors.unsupportedType(type);
  }

  /** A string literal. */
  public static String string(String value) {
    requireUnicode(value);
    return "'"
        + value
            .replace("\\", "\\\\")
            .replace("'", "\\'")
            // Spark replaces ${name} by the value of a setting before it parses a statement.
            .replace("${", "\\u0024{")
        + "'";
  }

  /**
   * A single name as a quoted identifier, in which dots and quotes are part of the name.
   *
   * @throws IllegalArgumentException for a name that Spark's parser would change
   */
  public static String identifier(String name) {
    if (name.isEmpty()) {
      throw SqlErrors.badIdentifier(name, "it is empty");
    }
    if (name.contains("${")) {
      throw SqlErrors.badIdentifier(
          name, "Spark replaces ${…} by the value of a setting, also within quotes");
    }
    return "`" + name.replace("`", "``") + "`";
  }

  private static <T> T as(Class<T> expected, DataType type, Object value) {
    if (!expected.isInstance(value)) {
      throw SqlErrors.wrongClass(type, value);
    }
    return expected.cast(value);
  }

  private static String decimal(DecimalType type, BigDecimal value) {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    int precision = Math.max(plain.precision(), plain.scale());
    if (plain.scale() > type.scale()
        || precision - plain.scale() > type.precision() - type.scale()) {
      throw SqlErrors.notRepresentable(type, value, "it has more digits than the type");
    }
    return plain.toPlainString() + "BD";
  }

  private static String floating(double value) {
    return Double.isFinite(value) ? value + "D" : "CAST('" + value + "' AS DOUBLE)";
  }

  private static String date(LocalDate value) {
    if (value.getYear() < 1 || value.getYear() > 9999) {
      throw SqlErrors.notRepresentable(DataTypes.DateType, value, "its year is outside 1 to 9999");
    }
    return "DATE '" + value + "'";
  }

  private static String timestamp(Instant value) {
    if (value.isBefore(FIRST_TIMESTAMP) || !value.isBefore(END_OF_TIMESTAMPS)) {
      throw SqlErrors.notRepresentable(
          DataTypes.TimestampType, value, "its year is outside 1 to 9999");
    }
    if (!value.equals(value.truncatedTo(ChronoUnit.MICROS))) {
      throw SqlErrors.notRepresentable(
          DataTypes.TimestampType, value, "it is finer than a microsecond");
    }
    return "TIMESTAMP_LTZ '" + UTC_MICROSECONDS.format(value) + "'";
  }

  private static void requireUnicode(String value) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      throw SqlErrors.notRepresentable(
          DataTypes.StringType,
          value,
          "it contains half a surrogate pair, which UTF-8 cannot encode");
    }
  }
}
