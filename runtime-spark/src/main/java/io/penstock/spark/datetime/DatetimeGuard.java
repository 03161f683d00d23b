package io.penstock.spark.datetime;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;

/**
 * Puts a check before every conversion of a text or a number to a date or a time in an analysed
 * plan, including those that Spark's type coercion added. A run then fails at a row whose text
 * lacks a date, or whose number leads beyond the last date or time.
 *
 * <p>Constants need no check: {@link ClockReads} finds those that depend on the clock, and the
 * others stay as they are, so that Spark folds them and prunes files by them.
 */
public final class DatetimeGuard {
  private final Set<LogicalPlan> guarded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final String place;

  private DatetimeGuard(Collection<Dataset<Row>> inputs, String place) {
    inputs.forEach(input -> guarded.add(input.queryExecution().analyzed()));
    this.place = place;
  }

  /**
   * The same rows; computing them throws {@link InvalidDatetimeException} where a value is refused.
   * Parts of the plan that need no check stay the same objects.
   *
   * @param inputs frames within this one that are guarded already
   * @param place the step and its line in the job
   */
  public static Dataset<Row> over(
      Dataset<Row> frame, Collection<Dataset<Row>> inputs, String place) {
    LogicalPlan plan = frame.queryExecution().analyzed();
    LogicalPlan guarded = new DatetimeGuard(inputs, place).plan(plan);
    if (guarded == plan) {
      return frame;
    }
    // A second analysis would find nothing to do, and might not recognise its own results.
    guarded.setAnalyzed();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) frame.sparkSession(), guarded);
  }

  /**
   * Whether rows may hold a text to which Spark would add today's date.
   *
   * @param inputs frames within this one that are guarded already
   */
  public static boolean readsClock(Dataset<Row> frame, Collection<Dataset<Row>> inputs) {
    return over(frame, inputs, "")
        .queryExecution()
        .analyzed()
        .expressions()
        .exists(
            expression ->
                expression.exists(part -> CheckedValue.isChecked(part, MissingDateCheck.class)));
  }

  /**
   * Computes, with checks, a value that Spark computes while it analyses a query.
   *
   * @param value a frame with the value as its only column
   * @param place the clause or function that contains the value
   * @throws InvalidDatetimeException if a check refuses the value
   */
  public static void compute(Dataset<Row> value, String place) {
    Dataset<Row> guarded = over(value, List.of(), place);
    if (guarded != value) {
      ConstantFolding.compute(guarded.queryExecution().analyzed().expressions().head());
    }
  }

  private LogicalPlan plan(LogicalPlan plan) {
    if (guarded.contains(plan)) {
      return plan;
    }
    LogicalPlan onGuarded = plan.mapChildren(this::plan);
    return onGuarded.mapExpressions(this::expression);
  }

  private Expression expression(Expression expression) {
    Expression onGuarded = subquery(expression).mapChildren(this::expression);
    if (onGuarded instanceof AggregateFunction) {
      return onGuarded;
    }
    if (isUnchecked(onGuarded)) {
      return checked(onGuarded);
    }
    return ClockReads.hidden(onGuarded)
        .filter(replacement -> replacement.exists(DatetimeGuard::isUnchecked))
        .map(this::expression)
        .orElse(onGuarded);
  }

  @SuppressWarnings("unchecked")
  private Expression subquery(Expression expression) {
    if (expression instanceof PlanExpression<?> nested && nested.plan() instanceof LogicalPlan) {
      PlanExpression<LogicalPlan> query = (PlanExpression<LogicalPlan>) nested;
      LogicalPlan guardedQuery = plan(query.plan());
      return guardedQuery == query.plan() ? query : query.withNewPlan(guardedQuery);
    }
    return expression;
  }

  /** The conversion of a struct may need both checks: of its texts first, then of its numbers. */
  private Expression checked(Expression expression) {
    Expression onTexts = expression;
    if (expression instanceof Cast cast && needsCheck(cast)) {
      MissingDateCheck check =
          new MissingDateCheck(
              cast.child().dataType(), cast.dataType(), ConversionSql.of(cast), place);
      onTexts = cast.mapChildren(text -> new CheckedValue(text, check));
    }
    return NumberToTime.needsCheck(onTexts) ? NumberToTime.checked(onTexts, place) : onTexts;
  }

  private static boolean isUnchecked(Expression expression) {
    return (expression instanceof Cast cast && needsCheck(cast))
        || NumberToTime.needsCheck(expression);
  }

  private static boolean needsCheck(Cast cast) {
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    return (TextToTime.readsWords(from, to) || TextToTime.parsesTimestamps(from, to))
        && !(cast.child() instanceof CheckedValue)
        && !ConstantFolding.of(cast.child()).known();
  }
}
