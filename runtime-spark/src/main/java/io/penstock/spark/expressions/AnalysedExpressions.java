package io.penstock.spark.expressions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The expressions that an analysed plan may hold: those of the closed functions, what Spark makes
 * of them, and the functions of native transforms, which a plan names as not checked.
 */
final class AnalysedExpressions {
  private static final String EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions";

  private static final Set<Class<?>> LISTED =
      union(
          List.of(
              ClosedFunctions.classes(),
              // Names, values, and what holds other expressions together.
              CatalystClasses.of(
                  EXPRESSIONS,
                  """
                  Alias AttributeReference CommonExpressionDef CommonExpressionRef CurrentRow$
                  Exists InSet InSubquery IsNotUnknown$$anon$2 IsUnknown$$anon$1 LambdaFunction
                  LateralSubquery ListQuery Literal NamedLambdaVariable OuterReference
                  ResolvedCollation ScalarSubquery SortOrder SpecifiedWindowFrame
                  UnboundedFollowing$ UnboundedPreceding$ UnspecifiedFrame$ WindowExpression
                  WindowSpecDefinition With
                  """),
              // What syntax and functions become.
              CatalystClasses.of(
                  EXPRESSIONS,
                  """
                  ArrayBinarySearch AtLeastNNonNulls BinaryPad BinaryPredicate Ceil
                  CheckOverflow CheckOverflowInSum Collate CollationKey Contains DateAddInterval
                  DateAddYMInterval DatetimeSub DecimalAddNoOverflowCheck
                  DecimalDivideWithOverflowCheck DivideDTInterval DivideInterval
                  DivideYMInterval DropField EndsWith Explode ExtractANSIIntervalDays
                  ExtractANSIIntervalHours ExtractANSIIntervalMinutes ExtractANSIIntervalMonths
                  ExtractANSIIntervalSeconds ExtractANSIIntervalYears ExtractIntervalDays
                  ExtractIntervalHours ExtractIntervalMinutes ExtractIntervalMonths
                  ExtractIntervalSeconds ExtractIntervalYears Floor GeneratorOuter GetArrayItem
                  GetArrayStructFields GetMapValue GetStructField GetTimestamp Hour HoursOfTime
                  Inline KnownFloatingPointNormalized KnownNotContainsNull KnownNotNull
                  KnownNullable LikeAll LikeAny MakeDecimal MakeTimestamp
                  MakeTimestampFromDateTime MakeTimestampNTZ MapSort Mask Minute MinutesOfTime
                  MultiplyDTInterval MultiplyInterval MultiplyYMInterval NotLikeAll NotLikeAny
                  ParseToTimestamp PosExplode PreciseTimestampConversion RaiseError RoundCeil
                  RoundFloor Second SecondWithFraction SecondsOfTime SecondsOfTimeWithFraction
                  StartsWith StringDecode StringLPad StringRPad StringSplitSQL SubtractDates
                  SubtractTimes SubtractTimestamps TimeAddInterval TimeBucket TimestampAdd
                  TimestampAddInterval TimestampAddYMInterval TimestampDiff ToCharacter TryEval
                  TypedNullLiteral TryMakeTimestamp TryMakeTimestampFromDateTime UnscaledValue
                  UpCast UpdateFields WithField YearOfWeek
                  """),
              CatalystClasses.of(
                  EXPRESSIONS + ".aggregate",
                  """
                  AggregateExpression CollectTopK CountMinSketchAgg MaxBy MaxMinByK MinBy Mode
                  NoOp$ PercentileCont PercentileDisc PivotFirst Product RegrReplacement
                  """),
              CatalystClasses.of(EXPRESSIONS + ".variant", "ParseJson VariantExplode VariantGet"),
              // Functions of native transforms, and what carries values into them and back.
              CatalystClasses.of(EXPRESSIONS, "ScalaUDF UserDefinedGenerator"),
              CatalystClasses.of(
                  "org.apache.spark.sql.execution.aggregate",
                  "ComplexTypedAggregateExpression ScalaAggregator SimpleTypedAggregateExpression"),
              CatalystClasses.of(
                  EXPRESSIONS + ".objects",
                  """
                  AssertNotNull CatalystToExternalMap CreateExternalRow DecodeUsingSerializer
                  EncodeUsingSerializer ExternalMapToCatalyst GetExternalRowField
                  InitializeJavaBean Invoke LambdaVariable MapObjects NewInstance StaticInvoke
                  UnwrapOption ValidateExternalType WrapOption
                  """),
              CatalystClasses.of(EXPRESSIONS, "BoundReference UnwrapUDT")));

  /** What this project itself puts into plans. */
  private static final String OWN_PACKAGE = "io.penstock.spark.";

  private AnalysedExpressions() {}

  private static Set<Class<?>> union(List<Set<Class<?>>> sets) {
    Set<Class<?>> all = new HashSet<>();
    sets.forEach(all::addAll);
    return Set.copyOf(all);
  }

  static boolean isListed(Expression expression) {
    return LISTED.contains(expression.getClass())
        || expression.getClass().getName().startsWith(OWN_PACKAGE);
  }
}
