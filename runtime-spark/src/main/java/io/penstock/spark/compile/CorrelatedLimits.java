package io.penstock.spark.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LateralSubquery;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds a LIMIT or OFFSET in a subquery that refers to the rows outside, where Spark takes rows
 * before it compares them: it counts by the columns that an equality sets equal to one column
 * outside each, and knows nothing of a cast, of another comparison, of a second equality or of what
 * stands in a WITH ({@code DecorrelateInnerQuery}, Spark 4.2.0).
 */
final class CorrelatedLimits {
  private CorrelatedLimits() {}

  /** Whether a step takes the rows, or holds a subquery of which nobody knows. */
  static boolean areWrong(LogicalPlan step) {
    return (SortedInput.isTaken(step) && isComparedOtherwise(step.children().head()))
        || step.expressions()
            .exists(expression -> expression.exists(CorrelatedLimits::isLimitedInWith));
  }

  private static boolean isComparedOtherwise(LogicalPlan rows) {
    List<Expression> conditions = new ArrayList<>();
    rows.foreach(
        node -> {
          CollectionConverters.asJava(node.expressions())
              .forEach(expression -> conjuncts(expression).forEach(conditions::add));
          return null;
        });
    Set<Object> outside = new HashSet<>();
    return conditions.stream()
        .filter(condition -> condition.exists(part -> part instanceof OuterReference))
        .anyMatch(condition -> !isEquality(condition) || !outside.add(columnOutside(condition)));
  }

  private static Stream<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()), conjuncts(and.right()))
        : Stream.of(condition);
  }

  private static boolean isEquality(Expression condition) {
    return condition instanceof EqualTo equal
        && (equal.left() instanceof OuterReference
            ? isOwn(equal.right())
            : isOwn(equal.left()) && equal.right() instanceof OuterReference);
  }

  private static boolean isOwn(Expression side) {
    return side instanceof Attribute && !(side instanceof OuterReference);
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
        && (subquery.isCorrelated() || subquery instanceof LateralSubquery)
        && subquery
            .plan()
            .exists(
                node ->
                    SortedInput.isTaken(node)
                        && node.exists(below -> below instanceof CTERelationRef));
  }
}
