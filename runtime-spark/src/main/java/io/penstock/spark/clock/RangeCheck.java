package io.penstock.spark.clock;

import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;

/**
 * Refuses numbers that lead to no time.
 *
 * @param limit how great a number may be, on both sides of zero
 * @param expression what is computed with it, in SQL, for the message
 * @param place the step, with the line of the job that it stands in
 */
record RangeCheck(long limit, String expression, String place) implements ValueCheck {
  @Override
  public void require(Object value) {
    if (!accepts(value)) {
      throw MovingTimeException.outOfRange(value.toString(), expression, place);
    }
  }

  boolean accepts(Object value) {
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
    return other instanceof RangeCheck check && limit == check.limit;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(limit);
  }
}
