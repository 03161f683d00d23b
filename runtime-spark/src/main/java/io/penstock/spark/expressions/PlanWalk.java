package io.penstock.spark.expressions;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Visits every node and every expression of a Catalyst plan, also those inside subqueries and the
 * definitions of a WITH, which {@code TreeNode.foreach} passes over.
 */
public final class PlanWalk {
  private final Consumer<LogicalPlan> onPlan;
  private final Consumer<Expression> onExpression;
  private final Set<LogicalPlan> seen;

  private PlanWalk(
      Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression, Set<LogicalPlan> seen) {
    this.onPlan = onPlan;
    this.onExpression = onExpression;
    this.seen = seen;
  }

  /** Shows each node to the one and each expression to the other, each object once. */
  public static void over(
      LogicalPlan plan, Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression) {
    over(plan, onPlan, onExpression, none());
  }

  /** The same, but for what an earlier walk has seen; what this one sees is added to it. */
  public static void over(
      LogicalPlan plan,
      Consumer<LogicalPlan> onPlan,
      Consumer<Expression> onExpression,
      Set<LogicalPlan> seen) {
    new PlanWalk(onPlan, onExpression, seen).plan(plan);
  }

  /** No nodes; nodes are told apart by identity. */
  public static Set<LogicalPlan> none() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
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
    if (plan instanceof WithWindowDefinition windows) {
      CollectionConverters.asJava(windows.windowDefinitions()).values().forEach(this::expression);
    }
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
