package io.penstock.spark.datetime;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;

/**
 * Refuses numbers and dates with which a date or a time outside its range would be computed.
 *
 * @param from the type of the value, which is the number or the date, or contains it
 * @param to the type of the result: DATE where days are added or dates are compared
 * @param limit how far from zero a number may be, in days for a date
 * @param expression what is computed, in SQL, for the message
 * @param place the step and its line in the job
 */
record RangeCheck(DataType from, DataType to, long limit, String expression, String place)
    implements ValueCheck {
  @Override
  public void require(Object value) {
    if (from instanceof NumericType || from instanceof DateType) {
      requireNumber(value);
    } else {
      NestedValues.forEach(value, from, to, NumberToTime::mayOverflow, this::requireNumber);
    }
  }

  private void requireNumber(Object number) {
    if (!isWithin(number)) {
      throw to instanceof DateType
          ? InvalidDatetimeException.daysOutOfRange(shown(number), expression, place)
          : InvalidDatetimeException.outOfRange(shown(number), expression, place);
    }
  }

  private String shown(Object number) {
    return from instanceof DateType
        ? LocalDate.ofEpochDay(((Number) number).longValue()).toString()
        : number.toString();
  }

  boolean accepts(Object value) {
    try {
      require(value);
      return true;
    } catch (InvalidDatetimeException e) {
      return false;
    }
  }

  private boolean isWithin(Object value) {
    if (value instanceof Decimal number) {
      return number.toJavaBigDecimal().abs().compareTo(BigDecimal.valueOf(limit)) <= 0;
    }
    if (value instanceof Double || value instanceof Float) {
      return Math.abs(((Number) value).doubleValue()) <= limit;
    }
    long number = ((Number) value).longValue();
    return number >= -limit && number <= limit;
  }

  /** Equal for the same computation at any place, so that Spark computes it once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RangeCheck check
        && from.equals(check.from)
        && to.equals(check.to)
        && limit == check.limit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(from, to, limit);
  }
}
