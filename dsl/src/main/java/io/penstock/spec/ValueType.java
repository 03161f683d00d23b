package io.penstock.spec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The types that parameters and partition columns can have, with their Java representation. */
public enum ValueType {
  STRING(String.class, "any text"),
  BOOLEAN(Boolean.class, "true or false"),
  INTEGER(Integer.class, "a whole number, 32 bits"),
  LONG(Long.class, "a whole number, 64 bits"),
  DECIMAL(BigDecimal.class, "a decimal number such as 12.50, at most 38 digits"),
  DATE(LocalDate.class, "a date such as 2026-03-01"),
  TIMESTAMP(
      Instant.class,
      "a time with its zone, such as 2026-03-01T00:00:00Z, in microseconds at the finest");

  /** The most digits a Spark SQL decimal holds. */
  private static final int DECIMAL_DIGITS = 38;

  private final Class<?> javaType;
  private final String expectation;

  ValueType(Class<?> javaType, String expectation) {
    this.javaType = javaType;
    this.expectation = expectation;
  }

  /** The class of a value of this type. */
  public Class<?> javaType() {
    return javaType;
  }

  /**
   * Reads a value from text, as a command line gives it.
   *
   * @throws IllegalArgumentException that says what the type expects
   */
  public TypedValue parse(String text) {
    try {
      Object value =
          switch (this) {
            case STRING -> text;
            case BOOLEAN -> parseBoolean(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case DECIMAL -> parseDecimal(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> parseTimestamp(text);
          };
      return new TypedValue(this, value);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException("Cannot read '" + text + "' as " + expectation + ".", e);
    }
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException(text);
    };
  }

  private static BigDecimal parseDecimal(String text) {
    BigDecimal value = new BigDecimal(text);
    long wholeDigits = (long) value.precision() - value.scale();
    if (wholeDigits > DECIMAL_DIGITS
        || value.precision() > DECIMAL_DIGITS
        || value.scale() > DECIMAL_DIGITS) {
      throw new NumberFormatException(text);
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private static Instant parseTimestamp(String text) {
    Instant value = OffsetDateTime.parse(text).toInstant();
    if (!value.equals(value.truncatedTo(ChronoUnit.MICROS))) {
      throw new DateTimeParseException("finer than a microsecond", text, 0);
    }
    return value;
  }
}
