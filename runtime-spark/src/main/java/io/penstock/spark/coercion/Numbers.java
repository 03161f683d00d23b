package io.penstock.spark.coercion;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.ShortType;

/** The types of numbers, and their values as decimal numbers. */
final class Numbers {
  private Numbers() {}

  static boolean isIntegral(DataType type) {
    return type instanceof IntegralType;
  }

  static boolean isFloating(DataType type) {
    return type instanceof FloatType || type instanceof DoubleType;
  }

  /** Whether the values of the type are decimal numbers with a fixed number of places. */
  static boolean isExact(DataType type) {
    return isIntegral(type) || type instanceof DecimalType;
  }

  /** The decimal places of an exact type. */
  static int scale(DataType type) {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }

  /** The digits before the point of an exact type's greatest value. */
  static int wholeDigits(DataType type) {
    return type instanceof DecimalType decimal
        ? decimal.precision() - decimal.scale()
        : greatest(type).precision();
  }

  /** The greatest value of an exact type; the least one is at most one less than its negative. */
  static BigDecimal greatest(DataType type) {
    if (type instanceof DecimalType decimal) {
      return BigDecimal.ONE
          .scaleByPowerOfTen(wholeDigits(decimal))
          .subtract(BigDecimal.ONE.scaleByPowerOfTen(-decimal.scale()));
    }
    if (type instanceof ByteType) {
      return BigDecimal.valueOf(Byte.MAX_VALUE);
    }
    if (type instanceof ShortType) {
      return BigDecimal.valueOf(Short.MAX_VALUE);
    }
    return BigDecimal.valueOf(type instanceof IntegerType ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  /**
   * A value of Spark's as the number that its shortest text names; empty for infinity, what is not
   * a number, and values of other types.
   */
  static Optional<BigDecimal> of(Object value) {
    if (value instanceof Decimal decimal) {
      return Optional.of(decimal.toJavaBigDecimal());
    }
    return value instanceof Number ? parsed(value.toString()) : Optional.empty();
  }

  /** The number that a text names; empty where it names none that is finite. */
  static Optional<BigDecimal> parsed(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
