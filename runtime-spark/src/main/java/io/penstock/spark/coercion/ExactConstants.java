package io.penstock.spark.coercion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Judges a constant by its value: whether it is still the same once it is converted, and whether it
 * stays apart from its neighbours in a type that doesn't hold all of them.
 */
final class ExactConstants {
  private static final Pattern DATE_ONLY = Pattern.compile("[+-]?\\d+(-\\d{1,2}){0,2}|[A-Za-z]+");
  private static final Pattern NO_ZONE = Pattern.compile("[^ T]*([ T][\\d:.]*)?");
  private static final Pattern SEVENTH_DIGIT = Pattern.compile(".*\\.\\d{7}.*");

  private ExactConstants() {}

  /** Whether a conversion has kept a value; both are in Spark's internal form. */
  static boolean isKept(Object value, DataType from, Object converted, DataType to) {
    if (value == null || converted == null) {
      return value == null && converted == null;
    }
    if (ExactTypes.holds(to, from)) {
      return true;
    }
    if (from instanceof StringType) {
      return isKept(value.toString().strip(), converted, to);
    }
    if (from instanceof NumericType && to instanceof NumericType) {
      return sameNumber(Numbers.of(value), converted, to);
    }
    return areKept(value, from, converted, to);
  }

  /** The values of an array, a map or a struct. */
  private static boolean areKept(Object value, DataType from, Object converted, DataType to) {
    if (from instanceof ArrayType one && to instanceof ArrayType other) {
      return elements((ArrayData) value, one.elementType(), (ArrayData) converted, other);
    }
    if (from instanceof MapType one && to instanceof MapType other) {
      MapData before = (MapData) value;
      MapData after = (MapData) converted;
      return elements(
              before.keyArray(),
              one.keyType(),
              after.keyArray(),
              new ArrayType(other.keyType(), true))
          && elements(
              before.valueArray(),
              one.valueType(),
              after.valueArray(),
              new ArrayType(other.valueType(), true));
    }
    return from instanceof StructType one
        && to instanceof StructType other
        && one.size() == other.size()
        && IntStream.range(0, one.size())
            .allMatch(
                i ->
                    isKept(
                        ((InternalRow) value).get(i, one.fields()[i].dataType()),
                        one.fields()[i].dataType(),
                        ((InternalRow) converted).get(i, other.fields()[i].dataType()),
                        other.fields()[i].dataType()));
  }

  private static boolean elements(ArrayData before, DataType from, ArrayData after, ArrayType to) {
    return before.numElements() == after.numElements()
        && IntStream.range(0, before.numElements())
            .allMatch(
                i ->
                    isKept(
                        before.isNullAt(i) ? null : before.get(i, from),
                        from,
                        after.isNullAt(i) ? null : after.get(i, to.elementType()),
                        to.elementType()));
  }

  /** Spark reads the beginning of a text as a date, and leaves out what is behind it. */
  private static boolean isKept(String text, Object converted, DataType to) {
    if (to instanceof NumericType) {
      return sameNumber(Numbers.parsed(text), converted, to);
    }
    if (to instanceof DateType) {
      return DATE_ONLY.matcher(text).matches();
    }
    if (to instanceof TimestampNTZType && !NO_ZONE.matcher(text).matches()) {
      return false;
    }
    return !(to instanceof TimestampType || to instanceof TimestampNTZType)
        || !SEVENTH_DIGIT.matcher(text).matches();
  }

  /** Infinity, and what is not a number, are values of the floating-point types alone. */
  private static boolean sameNumber(Optional<BigDecimal> number, Object converted, DataType to) {
    Optional<BigDecimal> after = Numbers.of(converted);
    if (number.isPresent() && after.isPresent()) {
      return number.get().compareTo(after.get()) == 0;
    }
    return number.isEmpty() && after.isEmpty() && Numbers.isFloating(to);
  }

  /**
   * Whether every value of an exact type is on the same side of a constant as before, once it is
   * converted. A conversion rounds and never changes an order, so the values next to the constant
   * decide.
   *
   * @param constant one that its own conversion has kept
   */
  static boolean separates(Object constant, DataType from, DataType to) {
    if (!Numbers.isExact(from) || !(to instanceof NumericType)) {
      return false;
    }
    Optional<BigDecimal> number =
        constant instanceof Number || constant instanceof org.apache.spark.sql.types.Decimal
            ? Numbers.of(constant)
            : Numbers.parsed(constant.toString().strip());
    if (number.isEmpty()) {
      return Numbers.isFloating(to);
    }
    BigDecimal value = number.get();
    int scale = Numbers.scale(from);
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-scale);
    BigDecimal below = value.setScale(scale, RoundingMode.FLOOR);
    BigDecimal above = value.setScale(scale, RoundingMode.CEILING);
    if (below.compareTo(above) == 0) {
      below = below.subtract(unit);
      above = above.add(unit);
    }
    BigDecimal greatest = Numbers.greatest(from);
    BigDecimal least = greatest.negate().subtract(unit);
    below = below.min(greatest);
    above = above.max(least);
    return (below.compareTo(least) < 0 || compare(below, value, to) < 0)
        && (above.compareTo(greatest) > 0 || compare(above, value, to) > 0);
  }

  private static int compare(BigDecimal one, BigDecimal other, DataType type) {
    if (type instanceof DecimalType decimal) {
      return one.setScale(decimal.scale(), RoundingMode.HALF_UP)
          .compareTo(other.setScale(decimal.scale(), RoundingMode.HALF_UP));
    }
    return type instanceof FloatType
        ? Float.compare(one.floatValue(), other.floatValue())
        : Double.compare(one.doubleValue(), other.doubleValue());
  }
}
