package io.penstock.spark.coercion;

import java.util.stream.IntStream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Tells which types hold every value of another one, so that a conversion keeps all of them and
 * keeps them apart. What isn't listed doesn't.
 */
public final class ExactTypes {
  /** The digits that a floating-point type holds of every whole number, and its bits for them. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int FLOAT_DIGITS = 7;

  private ExactTypes() {}

  /** Whether every value of one type is a value of the other. */
  public static boolean holds(DataType to, DataType from) {
    return from instanceof NullType
        || from.equals(to)
        || ofNumbers(to, from)
        || ofTimes(to, from)
        || ofTexts(to, from)
        || ofParts(to, from);
  }

  private static boolean ofNumbers(DataType to, DataType from) {
    if (from instanceof FloatType) {
      return to instanceof DoubleType;
    }
    if (Numbers.isIntegral(from) && Numbers.isIntegral(to)) {
      return to.defaultSize() >= from.defaultSize();
    }
    if (!Numbers.isExact(from)) {
      return false;
    }
    if (to instanceof DecimalType decimal) {
      return decimal.scale() >= Numbers.scale(from)
          && decimal.precision() - decimal.scale() >= Numbers.wholeDigits(from);
    }
    // The bits of a whole number's type decide, and not the digits of its greatest value.
    if (Numbers.isIntegral(from)) {
      return (to instanceof DoubleType && from.defaultSize() <= Integer.BYTES)
          || (to instanceof FloatType && from.defaultSize() <= Short.BYTES);
    }
    int digits = Numbers.wholeDigits(from);
    return Numbers.scale(from) == 0
        && ((to instanceof DoubleType && digits <= DOUBLE_DIGITS)
            || (to instanceof FloatType && digits <= FLOAT_DIGITS));
  }

  /** A date is its midnight, and a time without a zone is one in UTC, which all sessions have. */
  private static boolean ofTimes(DataType to, DataType from) {
    if (from instanceof DateType) {
      return to instanceof TimestampType || to instanceof TimestampNTZType;
    }
    if (from instanceof TimestampNTZType) {
      return to instanceof TimestampType;
    }
    if (from instanceof YearMonthIntervalType one && to instanceof YearMonthIntervalType other) {
      return other.startField() <= one.startField() && other.endField() >= one.endField();
    }
    return from instanceof DayTimeIntervalType one
        && to instanceof DayTimeIntervalType other
        && other.startField() <= one.startField()
        && other.endField() >= one.endField();
  }

  /** A collation decides which texts are equal, and keeps each as it is. */
  private static boolean ofTexts(DataType to, DataType from) {
    return from instanceof StringType && (to instanceof StringType || to instanceof BinaryType);
  }

  private static boolean ofParts(DataType to, DataType from) {
    if (from instanceof ArrayType one && to instanceof ArrayType other) {
      return holds(other.elementType(), one.elementType());
    }
    if (from instanceof MapType one && to instanceof MapType other) {
      return holds(other.keyType(), one.keyType()) && holds(other.valueType(), one.valueType());
    }
    return from instanceof StructType one
        && to instanceof StructType other
        && one.size() == other.size()
        && IntStream.range(0, one.size())
            .allMatch(i -> holds(other.fields()[i].dataType(), one.fields()[i].dataType()));
  }
}
