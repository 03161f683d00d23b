package io.penstock.spark.expressions;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The allowlist of expressions in analysed plans: those of the allowed functions, what Spark
 * replaces them by, and the functions of native transforms, which a plan reports as not checked.
 */
final class AllowedExpressions {
  private static final String EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions";

  private static final Set<Class<?>> LISTED =
      CatalystClasses.union(
          List.of(
              AllowedFunctions.classes(),
              // Names, values, and structural expressions.
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
              // What Spark replaces syntax and functions by.
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
              // Functions of native transforms, and what converts their arguments and results.
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

  /** The package of Penstock's own expressions. */
  private static final String OWN_PACKAGE = "io.penstock.spark.";

  private AllowedExpressions() {}

  static boolean isListed(Expression expression) {
    return LISTED.contains(expression.getClass())
        || expression.getClass().getName().startsWith(OWN_PACKAGE);
  }
}
