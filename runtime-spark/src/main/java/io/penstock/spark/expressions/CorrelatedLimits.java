package io.penstock.spark.expressions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.And;
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
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds a LIMIT or OFFSET in a subquery that refers to the rows outside, where Spark takes rows
 * before it compares them: it counts by the columns that an equality sets equal to one column
 * outside each, and by the columns outside that any other comparison holds; but it forgets those of
 * an equality with a cast or a computed value, of a second equality, of a condition on nothing but
 * the rows outside, and of what stands in a WITH ({@code DecorrelateInnerQuery}, Spark 4.2.0).
 */
final class CorrelatedLimits {
  private CorrelatedLimits() {}

  /** Whether a step is such a LIMIT, or holds a subquery with one behind a WITH. */
  static boolean areWrong(LogicalPlan step) {
    return (SortedInput.isTaken(step) && isForgotten(step.children().head()))
        || step.expressions()
            .exists(expression -> expression.exists(CorrelatedLimits::isLimitedInWith));
  }

  private static boolean isForgotten(LogicalPlan rows) {
    List<Expression> conditions = new ArrayList<>();
    rows.foreach(
        node -> {
          CollectionConverters.asJava(node.expressions())
              .forEach(expression -> conjuncts(expression).forEach(conditions::add));
          return null;
        });
    Set<Object> outside = new HashSet<>();
    return conditions.stream()
        .filter(condition -> condition.exists(OuterReference.class::isInstance))
        .filter(DecorrelateInnerQuery::canPullUpOverAgg)
        .anyMatch(condition -> !isEquality(condition) || !outside.add(columnOutside(condition)));
  }

  private static Stream<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()), conjuncts(and.right()))
        : Stream.of(condition);
  }

  private static boolean isEquality(Expression condition) {
    return (condition instanceof EqualTo || condition instanceof EqualNullSafe)
        && condition instanceof BinaryComparison equal
        && (equal.left() instanceof OuterReference
            ? equal.right() instanceof Attribute
            : equal.left() instanceof Attribute && equal.right() instanceof OuterReference);
  }

  private static Object columnOutside(Expression equality) {
    return CollectionConverters.asJava(equality.children()).stream()
        .filter(OuterReference.class::isInstance)
        .map(side -> ((OuterReference) side).exprId())
        .findFirst()
        .orElseThrow();
  }

  private static boolean isLimitedInWith(Expression part) {
    return part instanceof SubqueryExpression subquery
        && subquery.plan().exists(CorrelatedLimits::isCorrelatedDefinition)
        && subquery.plan().exists(CorrelatedLimits::isTakenOfDefinition);
  }

  private static boolean isCorrelatedDefinition(LogicalPlan node) {
    return node instanceof CTERelationDef definition
        && definition.exists(
            below ->
                below
                    .expressions()
                    .exists(expression -> expression.exists(OuterReference.class::isInstance)));
  }

  private static boolean isTakenOfDefinition(LogicalPlan node) {
    return SortedInput.isTaken(node) && node.exists(CTERelationRef.class::isInstance);
  }
}
