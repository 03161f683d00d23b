package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.sql.Conjuncts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.optimizer.DecorrelateInnerQuery;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses a LIMIT or OFFSET in a correlated subquery that Spark decorrelates wrongly ({@code
 * DecorrelateInnerQuery}, Spark 4.2.0).
 *
 * <p>It takes the order from a sort directly below the limit, and loses any other. It takes the
 * rows for each combination of the outer columns that the conditions compare; but it misses those
 * in an equality with a cast or a computed value, in a second equality with the same outer column,
 * in a condition on outer columns alone, and inside a WITH.
 */
final class CorrelatedLimits {
  private CorrelatedLimits() {}

  static Optional<PlanProblemException> refusal(LogicalPlan step) {
    if (losesOrder(step)) {
      return Optional.of(
          PlanProblemException.unsupportedStep(
              "Cannot use ORDER BY … LIMIT in a subquery that refers to outer rows, by an order"
                  + " that the subquery doesn't select: Spark loses the order, and takes any rows.",
              "select the row with max_by(value, order) or min_by(value, order)."));
    }
    return limitsBeforeComparing(step)
        ? Optional.of(
            PlanProblemException.unsupportedStep(
                "Cannot use LIMIT or OFFSET in a subquery that is compared with outer rows by an"
                    + " equality with a cast or a computed value, by two equalities with the same"
                    + " outer column, by a condition on outer columns alone, or within a WITH:"
                    + " Spark takes the rows before it compares.",
                "compare columns of the same type, each with another one, outside of a WITH; or"
                    + " select the row with max_by(value, order) or min_by(value, order)."))
        : Optional.empty();
  }

  private static boolean losesOrder(LogicalPlan step) {
    if (!RowOrder.takesByPosition(step) || RowOrder.in(step).sortOf(step).isEmpty()) {
      return false;
    }
    LogicalPlan rows = step.children().head();
    while (rows instanceof SubqueryAlias) {
      rows = rows.children().head();
    }
    return !(rows instanceof Sort) && rows.exists(CorrelatedLimits::refersToOuterRows);
  }

  private static boolean limitsBeforeComparing(LogicalPlan step) {
    return (RowOrder.takesByPosition(step) && missesCondition(step.children().head()))
        || step.expressions()
            .exists(expression -> expression.exists(CorrelatedLimits::isLimitedInWith));
  }

  private static boolean missesCondition(LogicalPlan rows) {
    List<Expression> conditions = new ArrayList<>();
    rows.foreach(
        node -> {
          CollectionConverters.asJava(node.expressions())
              .forEach(expression -> conditions.addAll(Conjuncts.of(expression)));
          return null;
        });
    Set<Object> outerColumns = new HashSet<>();
    return conditions.stream()
        .filter(condition -> condition.exists(OuterReference.class::isInstance))
        .filter(DecorrelateInnerQuery::canPullUpOverAgg)
        .anyMatch(condition -> !isEquality(condition) || !outerColumns.add(outerColumn(condition)));
  }

  private static boolean isEquality(Expression condition) {
    return (condition instanceof EqualTo || condition instanceof EqualNullSafe)
        && condition instanceof BinaryComparison equal
        && (equal.left() instanceof OuterReference
            ? equal.right() instanceof Attribute
            : equal.left() instanceof Attribute && equal.right() instanceof OuterReference);
  }

  private static Object outerColumn(Expression equality) {
    return CollectionConverters.asJava(equality.children()).stream()
        .filter(OuterReference.class::isInstance)
        .map(side -> ((OuterReference) side).exprId())
        .findFirst()
        .orElseThrow();
  }

  private static boolean isLimitedInWith(Expression part) {
    return part instanceof SubqueryExpression subquery
        && subquery.plan().exists(CorrelatedLimits::isCorrelatedDefinition)
        && subquery.plan().exists(CorrelatedLimits::limitsDefinition);
  }

  private static boolean isCorrelatedDefinition(LogicalPlan node) {
    return node instanceof CTERelationDef definition
        && definition.exists(CorrelatedLimits::refersToOuterRows);
  }

  private static boolean refersToOuterRows(LogicalPlan node) {
    return node.expressions()
        .exists(expression -> expression.exists(OuterReference.class::isInstance));
  }

  private static boolean limitsDefinition(LogicalPlan node) {
    return RowOrder.takesByPosition(node) && node.exists(CTERelationRef.class::isInstance);
  }
}
