package io.penstock.spark.repeatability;

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
 * What the order of its rows means to an aggregate. What is known not to depend on it is listed;
 * all else does.
 *
 * <p>Spark's own {@code deterministic} doesn't answer this: it is true of {@code first} and {@code
 * collect_list}.
 */
enum AggregateKind {
  /** The same in every order. */
  EXACT,
  /** The same but for the rounding of floating-point numbers. */
  ROUNDED,
  /** Takes the value of one row, the first or the last that comes. */
  ONE_ROW,
  /** Takes the value of the row that is greatest or least, of several the one that comes first. */
  EXTREME_ROW,
  /** Gathers the values of all rows in the order in which they come. */
  LIST,
  /** Joins texts. */
  TEXT,
  /** Takes the most frequent value, of several any. */
  MODE,
  /** Depends on the order in another way, or isn't known not to. */
  OTHER;

  /** Spark adds decimals with these many digits more. */
  private static final int DIGITS_TO_SPARE = 10;

  private static final Set<String> EXACT_IN_ANY_ORDER =
      Set.of(
          "Count",
          "CountIf",
          "RegrCount",
          "BoolAnd",
          "BoolOr",
          "BitAndAgg",
          "BitOrAgg",
          "BitXorAgg",
          "HyperLogLogPlusPlus",
          "Percentile",
          "PercentileCont",
          "PercentileDisc",
          "Median",
          "BitmapConstructAgg",
          "BitmapOrAgg",
          "BitmapAndAgg",
          "CountMinSketchAgg",
          // A pivot has at most one row for each of its cells.
          "PivotFirst");
  private static final Set<String> FLOATING_IN_ANY_CASE =
      Set.of(
          "StddevPop",
          "StddevSamp",
          "VariancePop",
          "VarianceSamp",
          "Skewness",
          "Kurtosis",
          "Corr",
          "PearsonCorrelation",
          "CovPopulation",
          "CovSample",
          "RegrAvgX",
          "RegrAvgY",
          "RegrR2",
          "RegrSXX",
          "RegrSXY",
          "RegrSYY",
          "RegrSlope",
          "RegrIntercept",
          "Product",
          "VectorAvg",
          "VectorSum");

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

  /** Of texts that are equal in their collation any may be kept. */
  private static AggregateKind ofTexts(Expression function) {
    return UnsafeRowUtils.isBinaryStable(function.dataType()) ? EXACT : OTHER;
  }

  private static AggregateKind numeric(Expression function) {
    String name = function.getClass().getSimpleName();
    if (FLOATING_IN_ANY_CASE.contains(name)) {
      return ROUNDED;
    }
    if (function instanceof Sum sum) {
      if (mayOverflowOnTheWay(sum.child().dataType(), sum.evalContext().evalMode())) {
        return OTHER;
      }
      return Floats.is(function.dataType()) ? ROUNDED : EXACT;
    }
    if (function instanceof Average average) {
      boolean addsDoubles = Floats.is(average.dataType());
      if (!addsDoubles && mayOverflowOnTheWay(average.child().dataType(), average.evalMode())) {
        return OTHER;
      }
      // Whole numbers are added as DOUBLE; of short ones no sum ever reaches where that rounds.
      boolean small =
          average.child().dataType() instanceof ByteType
              || average.child().dataType() instanceof ShortType;
      return addsDoubles && !small ? ROUNDED : EXACT;
    }
    return EXACT_IN_ANY_ORDER.contains(name) ? EXACT : OTHER;
  }

  /**
   * A sum that is NULL when it overflows, though the numbers to come might have brought it back. A
   * sum that fails then gives no row.
   */
  private static boolean mayOverflowOnTheWay(DataType type, Object mode) {
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
