package io.penstock.spark.clock;

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
 * Puts a check before every conversion of a text or a number to a time in an analysed plan, those
 * that Spark's coercion of types added included, so that a row is refused when it comes by whose
 * text lacks a date, or whose number leads beyond all times.
 *
 * <p>Constants need none: {@link MovingTimes} finds those that move, and the others stay what they
 * are, so that Spark folds them and prunes files by them.
 */
public final class ClockGuard {
  private final Set<LogicalPlan> guarded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final String place;

  private ClockGuard(Collection<Dataset<Row>> inputs, String place) {
    inputs.forEach(input -> guarded.add(input.queryExecution().analyzed()));
    this.place = place;
  }

  /**
   * The same rows, or a {@link MovingTimeException} when they are computed. Parts of the plan that
   * need no check stay the same objects.
   *
   * @param inputs frames within this one that are guarded already
   * @param place the step, with the line of the job that it stands in
   */
  public static Dataset<Row> over(
      Dataset<Row> frame, Collection<Dataset<Row>> inputs, String place) {
    LogicalPlan plan = frame.queryExecution().analyzed();
    LogicalPlan guarded = new ClockGuard(inputs, place).plan(plan);
    if (guarded == plan) {
      return frame;
    }
    // Analysing it again would find nothing to do, and might not know its own results again.
    guarded.setAnalyzed();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) frame.sparkSession(), guarded);
  }

  /**
   * Whether rows may hold a text that would be completed from the clock.
   *
   * @param inputs frames within this one that are guarded already
   */
  public static boolean asksClock(Dataset<Row> frame, Collection<Dataset<Row>> inputs) {
    return over(frame, inputs, "")
        .queryExecution()
        .analyzed()
        .expressions()
        .exists(
            expression -> expression.exists(part -> FixedTime.isChecked(part, TextCheck.class)));
  }

  /**
   * Computes a value as Spark does while it analyses a query, where no row comes by a check.
   *
   * @param value a frame with the value as its only column
   * @param place what the value stands in
   * @throws MovingTimeException if it would be one from the clock, or beyond all times
   */
  public static void compute(Dataset<Row> value, String place) {
    Dataset<Row> guarded = over(value, List.of(), place);
    if (guarded != value) {
      Constants.compute(guarded.queryExecution().analyzed().expressions().head());
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
    return MovingTimes.hidden(onGuarded)
        .filter(replacement -> replacement.exists(ClockGuard::isUnchecked))
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

  /** What converts a struct may need both checks: for its texts first, then for its numbers. */
  private Expression checked(Expression expression) {
    Expression onTexts = expression;
    if (expression instanceof Cast cast && needsCheck(cast)) {
      TextCheck check =
          new TextCheck(cast.child().dataType(), cast.dataType(), TextToTime.sql(cast), place);
      onTexts = cast.mapChildren(text -> new FixedTime(text, check));
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
        && !(cast.child() instanceof FixedTime)
        && !Constants.of(cast.child()).known();
  }
}
