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
 * Visits every node and every expression of a Catalyst plan, including those inside subqueries and
 * WITH definitions, which {@code TreeNode.foreach} skips.
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

  /** Calls one consumer with each node and the other with each expression, once per node. */
  public static void over(
      LogicalPlan plan, Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression) {
    over(plan, onPlan, onExpression, noneSeen());
  }

  /** The same for an expression, and the plans in it. */
  static void over(
      Expression expression, Consumer<LogicalPlan> onPlan, Consumer<Expression> onExpression) {
    new PlanWalk(onPlan, onExpression, noneSeen()).expression(expression);
  }

  /** Skips the nodes that earlier walks have seen, and adds those that this one sees. */
  public static void over(
      LogicalPlan plan,
      Consumer<LogicalPlan> onPlan,
      Consumer<Expression> onExpression,
      Set<LogicalPlan> seen) {
    new PlanWalk(onPlan, onExpression, seen).plan(plan);
  }

  /** An empty set for the nodes that walks have seen, which compares them by identity. */
  public static Set<LogicalPlan> noneSeen() {
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
