package io.penstock.spark.clock;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;

/**
 * Refuses numbers that lead to no time, and dates that can't be moved.
 *
 * @param from the type of the value, which is the number or the date, or holds it
 * @param to what becomes of it: a DATE where dates are moved or compared
 * @param limit how great a number, of days for a date, may be on both sides of zero
 * @param expression what is computed with it, in SQL, for the message
 * @param place the step, with the line of the job that it stands in
 */
record RangeCheck(DataType from, DataType to, long limit, String expression, String place)
    implements ValueCheck {
  @Override
  public void require(Object value) {
    if (from instanceof NumericType || from instanceof DateType) {
      requireNumber(value);
    } else {
      TextToTime.forEach(value, from, to, NumberToTime::mayBeBeyond, this::requireNumber);
    }
  }

  private void requireNumber(Object number) {
    if (!isWithin(number)) {
      throw to instanceof DateType
          ? MovingTimeException.daysOutOfRange(shown(number), expression, place)
          : MovingTimeException.outOfRange(shown(number), expression, place);
    }
  }

  private String shown(Object number) {
    return from instanceof DateType
        ? LocalDate.ofEpochDay(((Number) number).longValue()).toString()
        : number.toString();
  }

  /** Whether a value is not refused. */
  boolean accepts(Object value) {
    try {
      require(value);
      return true;
    } catch (MovingTimeException e) {
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

  /** Two checks of the same kind are one to Spark, wherever they stand. */
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
