package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.sql.Conjuncts;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses an IN (SELECT …) that Spark computes as false where it is NULL: it uses a join that only
 * knows found and not found (SPARK-58442 and SPARK-58481, Spark 4.2.0). Where a filter drops the
 * row for either value, that makes no difference; everywhere else the row is wrong.
 */
final class InSubqueries {
  private InSubqueries() {}

  static Optional<PlanProblemException> refusal(LogicalPlan step) {
    boolean wrong =
        CollectionConverters.asJava(step.expressions()).stream()
            .anyMatch(expression -> isWrong(step, expression));
    return wrong ? Optional.of(refused()) : Optional.empty();
  }

  private static boolean isWrong(LogicalPlan step, Expression expression) {
    if (step instanceof Filter) {
      // NOT IN as a whole condition becomes an anti join that is right about NULL; one that refers
      // to
      // outer rows becomes part of another join's condition.
      return Conjuncts.of(expression).stream()
          .map(part -> part instanceof Not not && !isCorrelated(part) ? whole(not) : part)
          .anyMatch(InSubqueries::isWrongIn);
    }
    return step instanceof Join ? isWrongIn(expression) : isWrongValue(expression);
  }

  private static boolean isCorrelated(Expression condition) {
    return condition.exists(part -> part instanceof OuterReference);
  }

  private static Expression whole(Not not) {
    return not.child() instanceof InSubquery in ? in : not;
  }

  /** Whether it is wrong in a condition, where NULL below AND and OR has the effect of false. */
  private static boolean isWrongIn(Expression condition) {
    if (condition instanceof And || condition instanceof Or) {
      return CollectionConverters.asJava(condition.children()).stream()
          .anyMatch(InSubqueries::isWrongIn);
    }
    return condition instanceof InSubquery in
        ? CollectionConverters.asJava(in.children()).stream().anyMatch(InSubqueries::isWrongValue)
        : isWrongValue(condition);
  }

  /** Whether it is wrong in a value, whose parts may be conditions again. */
  private static boolean isWrongValue(Expression value) {
    if (value instanceof InSubquery in && in.nullable()) {
      return true;
    }
    List<Expression> conditions = conditions(value);
    // By identity: an equal expression may be used as a value, too.
    return CollectionConverters.asJava(value.children()).stream()
        .anyMatch(
            part ->
                conditions.stream().anyMatch(condition -> condition == part)
                    ? isWrongIn(part)
                    : isWrongValue(part));
  }

  private static List<Expression> conditions(Expression value) {
    if (value instanceof If choice) {
      return List.of(choice.predicate());
    }
    if (value instanceof CaseWhen cases) {
      return CollectionConverters.asJava(cases.branches()).stream()
          .map(branch -> branch._1())
          .toList();
    }
    return value instanceof AggregateExpression aggregate && aggregate.filter().isDefined()
        ? List.of(aggregate.filter().get())
        : List.of();
  }

  private static PlanProblemException refused() {
    return PlanProblemException.unsupportedStep(
        "Cannot use IN (SELECT …) as a value, or behind NOT inside a larger condition, where it may"
            + " be NULL: Spark computes false instead.",
        "write it with EXISTS (SELECT … WHERE …) or a join; or coalesce both sides, so that no"
            + " value is NULL.");
  }
}
