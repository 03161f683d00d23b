package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
 * Finds an IN (SELECT …) whose NULL Spark takes for false: it computes the value by a join that
 * only knows found and not found (SPARK-58442 and SPARK-58481, Spark 4.2.0). Where both mean that
 * the row is left out, that makes no difference; everywhere else the row is wrong.
 */
final class InSubqueries {
  private InSubqueries() {}

  /** What keeps a step from being computed rightly; empty when nothing does. */
  static Optional<PlanProblemException> refusal(LogicalPlan step) {
    boolean wrong =
        CollectionConverters.asJava(step.expressions()).stream()
            .anyMatch(expression -> isWrong(step, expression));
    return wrong ? Optional.of(refused()) : Optional.empty();
  }

  private static boolean isWrong(LogicalPlan step, Expression expression) {
    if (step instanceof Filter) {
      // Behind a NOT that stands by itself, rows are joined by an anti join that knows of NULL. One
      // that refers to rows outside becomes part of another join's condition, though.
      return conjuncts(expression).stream()
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

  /** Whether it is wrong in a condition: below AND and OR a NULL is as good as false. */
  private static boolean isWrongIn(Expression condition) {
    if (condition instanceof And || condition instanceof Or) {
      return CollectionConverters.asJava(condition.children()).stream()
          .anyMatch(InSubqueries::isWrongIn);
    }
    return condition instanceof InSubquery in
        ? CollectionConverters.asJava(in.children()).stream().anyMatch(InSubqueries::isWrongValue)
        : isWrongValue(condition);
  }

  /** Whether it is wrong in a value; parts of that are conditions again. */
  private static boolean isWrongValue(Expression value) {
    if (value instanceof InSubquery in && in.nullable()) {
      return true;
    }
    List<Expression> conditions = conditions(value);
    // By identity: what stands as a condition may stand as a value beside it.
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

  private static List<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.of(and.left(), and.right()).flatMap(part -> conjuncts(part).stream()).toList()
        : List.of(condition);
  }

  private static PlanProblemException refused() {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot use IN (SELECT …) as a value, or behind NOT within a greater condition, where it"
            + " may be NULL: Spark takes false for it.",
        "say it with EXISTS (SELECT … WHERE …) or a join; or coalesce both sides, so that no value"
            + " is NULL.");
  }
}
