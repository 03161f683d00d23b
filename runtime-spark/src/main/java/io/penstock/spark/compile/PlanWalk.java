package io.penstock.spark.compile;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Visits every node and every expression of a Catalyst plan, also those inside subqueries and the
 * definitions of a WITH, which {@code TreeNode.foreach} passes over.
 */
final class PlanWalk {
  private final Consumer<LogicalPlan> onPlan;
  private final Consumer<Expression> onExpression;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PlanWalk(Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression) {
    this.onPlan = onPlan;
    this.onExpression = onExpression;
  }

  /** Shows each node to the one and each expression to the other, each object once. */
  static void over(
      LogicalPlan plan, Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression) {
    new PlanWalk(onPlan, onExpression).plan(plan);
  }

  private void plan(LogicalPlan plan) {
    if (!seen.add(plan)) {
      return;
    }
    onPlan.accept(plan);
    CollectionConverters.asJava(plan.children()).forEach(this::plan);
    for (Object inner : CollectionConverters.asJava(plan.innerChildren())) {
      if (inner instanceof LogicalPlan innerPlan) {
        plan(innerPlan);
      }
    }
    CollectionConverters.asJava(plan.expressions()).forEach(this::expression);
  }

  private void expression(Expression expression) {
    onExpression.accept(expression);
    if (expression instanceof org.apache.spark.sql.catalyst.expressions.PlanExpression<?> nested
        && nested.plan() instanceof LogicalPlan nestedPlan) {
      plan(nestedPlan);
    }
    CollectionConverters.asJava(expression.children()).forEach(this::expression);
  }
}
