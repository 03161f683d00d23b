package io.penstock.spark.repeatability;

import io.penstock.spark.text.WordList;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AnyValue;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.ListAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.MinBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.Mode;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.AnsiIntervalType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * How an aggregate depends on the order of its rows. Aggregates that are known not to depend on it
 * are listed; all others count as dependent.
 *
 * <p>Spark's own {@code deterministic} doesn't tell: it is true for {@code first} and {@code
 * collect_list}.
 */
enum AggregateKind {
  /** The same for every order. */
  EXACT,
  /** The same apart from the rounding of floating-point numbers. */
  ROUNDED,
  /** The value of the first or the last row. */
  ONE_ROW,
  /** The value of the greatest or smallest row, and of the first one among several. */
  EXTREME_ROW,
  /** The values of all rows, in their order. */
  LIST,
  /** The texts of all rows, joined in their order. */
  TEXT,
  /** The most frequent value, and any among several. */
  MODE,
  /** Depends on the order in another way, or isn't known not to. */
  OTHER;

  /** Spark adds decimals with this many additional digits. */
  private static final int DIGITS_TO_SPARE = 10;

  /** A pivot has at most one row for each cell. */
  private static final Set<String> EXACT_IN_ANY_ORDER =
      WordList.of(
          """
          Count CountIf RegrCount BoolAnd BoolOr BitAndAgg BitOrAgg BitXorAgg HyperLogLogPlusPlus
          Percentile PercentileCont PercentileDisc Median BitmapConstructAgg BitmapOrAgg
          BitmapAndAgg CountMinSketchAgg PivotFirst
          """);

  private static final Set<String> ALWAYS_FLOATING_POINT =
      WordList.of(
          """
          StddevPop StddevSamp VariancePop VarianceSamp Skewness Kurtosis Corr PearsonCorrelation
          CovPopulation CovSample RegrAvgX RegrAvgY RegrR2 RegrSXX RegrSXY RegrSYY RegrSlope
          RegrIntercept Product VectorAvg VectorSum
          """);

  static AggregateKind of(AggregateExpression aggregate) {
    Expression function = aggregate.aggregateFunction();
    if (function instanceof First || function instanceof Last || function instanceof AnyValue) {
      return ONE_ROW;
    }
    if (function instanceof MaxBy || function instanceof MinBy) {
      return EXTREME_ROW;
    }
    if (function instanceof CollectList || function instanceof CollectSet) {
      return LIST;
    }
    if (function instanceof ListAgg) {
      return TEXT;
    }
    if (function instanceof Mode mode) {
      return mode.reverseOpt().isDefined() ? ofTexts(function) : MODE;
    }
    if (function instanceof Max || function instanceof Min) {
      return ofTexts(function);
    }
    return numeric(function);
  }

  /** Any of several texts that are equal in their collation may be kept. */
  private static AggregateKind ofTexts(Expression function) {
    return UnsafeRowUtils.isBinaryStable(function.dataType()) ? EXACT : OTHER;
  }

  private static AggregateKind numeric(Expression function) {
    String name = function.getClass().getSimpleName();
    if (ALWAYS_FLOATING_POINT.contains(name)) {
      return ROUNDED;
    }
    if (function instanceof Sum sum) {
      if (mayOverflowTemporarily(sum.child().dataType(), sum.evalContext().evalMode())) {
        return OTHER;
      }
      return Floats.is(function.dataType()) ? ROUNDED : EXACT;
    }
    if (function instanceof Average average) {
      boolean addsDoubles = Floats.is(average.dataType());
      if (!addsDoubles && mayOverflowTemporarily(average.child().dataType(), average.evalMode())) {
        return OTHER;
      }
      // Integers are added as DOUBLE; sums of small ones stay below the values that it rounds.
      boolean small =
          average.child().dataType() instanceof ByteType
              || average.child().dataType() instanceof ShortType;
      return addsDoubles && !small ? ROUNDED : EXACT;
    }
    return EXACT_IN_ANY_ORDER.contains(name) ? EXACT : OTHER;
  }

  /**
   * Whether the sum becomes NULL at an overflow that later numbers could have undone. A sum that
   * fails at an overflow gives no rows at all.
   */
  private static boolean mayOverflowTemporarily(DataType type, Object mode) {
    boolean isWide =
        type instanceof LongType
            || type instanceof AnsiIntervalType
            || type instanceof CalendarIntervalType
            || (type instanceof DecimalType decimal
                && decimal.precision() > DecimalType.MAX_PRECISION() - DIGITS_TO_SPARE);
    return isWide && mode.equals(EvalMode.TRY());
  }

  boolean dependsOnOrder() {
    return this != EXACT && this != ROUNDED;
  }
}
