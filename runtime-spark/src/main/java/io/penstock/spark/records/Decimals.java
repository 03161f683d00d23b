package io.penstock.spark.records;

import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/** Makes values of DECIMAL columns without losing a digit. */
public final class Decimals {
  private Decimals() {}

  /** Longer texts take too long to read, and no DECIMAL has more than 38 digits. */
  private static final int LONGEST_TEXT = 1_000;

  /**
   * The number of a text in a type.
   *
   * @param number in plain or scientific notation
   * @throws ArithmeticException if the type has too few digits before or behind the point
   * @throws NumberFormatException if it is no number
   */
  public static Decimal exact(String number, DecimalType type) {
    if (number.length() > LONGEST_TEXT) {
      throw new ArithmeticException();
    }
    BigDecimal scaled = scaled(new BigDecimal(number), type);
    return type.precision() <= Decimal.MAX_LONG_DIGITS()
        ? Decimal.createUnsafe(
            scaled.unscaledValue().longValueExact(), type.precision(), type.scale())
        : Decimal.apply(new scala.math.BigDecimal(scaled), type.precision(), type.scale());
  }

  private static BigDecimal scaled(BigDecimal value, DecimalType type) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    // Asked first: with 1e999999999 or 1e-999999999, setScale would make as many digits.
    long digitsBeforePoint = (long) value.precision() - value.scale();
    boolean tooGreat = digitsBeforePoint > (long) type.precision() - type.scale();
    boolean tooFine = (long) value.scale() - type.scale() >= value.precision();
    if (tooGreat || tooFine) {
      throw new ArithmeticException();
    }
    return value.setScale(type.scale());
  }
}
