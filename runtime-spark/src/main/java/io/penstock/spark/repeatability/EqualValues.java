package io.penstock.spark.repeatability;

import io.penstock.spark.sql.Conjuncts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells of keys and orders in which Spark takes different values for equal: 0.0 and -0.0, and texts
 * of a collation; and of orders in which NaN stands behind all numbers.
 */
public final class EqualValues {
  private final InputPlans inputs;
  private final int ordered;
  private final Set<String> found = new LinkedHashSet<>();

  private EqualValues(InputPlans inputs, int ordered) {
    this.inputs = inputs;
    this.ordered = ordered;
  }

  /**
   * Those of a step's own part of a plan, as sentences without a full stop.
   *
   * @param ordered how many items of an order are the author's; those behind them break ties
   */
  public static List<String> in(LogicalPlan plan, InputPlans inputs, int ordered) {
    EqualValues values = new EqualValues(inputs, ordered);
    values.visit(plan);
    return List.copyOf(values.found);
  }

  /**
   * What to know of a key of this type; empty for types whose values are only equal to themselves.
   */
  public static Optional<String> ofKey(String key, DataType type) {
    if (Floats.in(type)) {
      return Optional.of("0.0 and -0.0 are one key, and so are all NaN, in %s".formatted(key));
    }
    return UnsafeRowUtils.isBinaryStable(type)
        ? Optional.empty()
        : Optional.of("texts that are equal in the collation of %s are one key".formatted(key));
  }

  private void visit(LogicalPlan plan) {
    if (inputs.contain(plan)) {
      return;
    }
    CollectionConverters.asJava(plan.children()).forEach(this::visit);
    for (Object subquery : CollectionConverters.asJava(plan.subqueries())) {
      visit((LogicalPlan) subquery);
    }
    for (Expression key : keys(plan)) {
      ofKey(PrettySql.expression(key), key.dataType()).ifPresent(found::add);
    }
    order(plan).stream().limit(ordered).forEach(this::order);
  }

  private void order(Expression value) {
    if (Floats.in(value.dataType())) {
      found.add(
          "NaN stands behind all numbers, and 0.0 beside -0.0, in the order of %s"
              .formatted(PrettySql.expression(value)));
    } else if (!UnsafeRowUtils.isBinaryStable(value.dataType())) {
      found.add(
          "texts that are equal in the collation of %s stand beside each other in its order"
              .formatted(PrettySql.expression(value)));
    }
  }

  /** The values by which rows belong together. */
  private static List<? extends Expression> keys(LogicalPlan plan) {
    if (plan instanceof Aggregate aggregate) {
      return CollectionConverters.asJava(aggregate.groupingExpressions());
    }
    if (plan instanceof Window window) {
      return CollectionConverters.asJava(window.partitionSpec());
    }
    if (plan instanceof Deduplicate distinct) {
      return CollectionConverters.asJava(distinct.keys());
    }
    if (plan instanceof Distinct || plan instanceof Except || plan instanceof Intersect) {
      return CollectionConverters.asJava(plan.output());
    }
    List<Expression> keys = new ArrayList<>();
    if (plan instanceof Join join && join.condition().isDefined()) {
      for (Expression condition : Conjuncts.of(join.condition().get())) {
        if (condition instanceof EqualTo || condition instanceof EqualNullSafe) {
          keys.add(condition.children().head());
        }
      }
    }
    return keys;
  }

  private static List<Expression> order(LogicalPlan plan) {
    if (plan instanceof Sort sort) {
      return Ties.values(sort.order());
    }
    return plan instanceof Window window ? Ties.values(window.orderSpec()) : List.of();
  }
}
