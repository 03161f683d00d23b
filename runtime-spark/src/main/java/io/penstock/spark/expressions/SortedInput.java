package io.penstock.spark.expressions;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import scala.jdk.javaapi.CollectionConverters;

/** The order in which the rows of a plan come: that of a sort below steps which keep it. */
public final class SortedInput {
  private static final Set<String> KEEP_ORDER =
      Set.of(
          "Project",
          "Filter",
          "SubqueryAlias",
          "ResolvedHint",
          "GlobalLimit",
          "LocalLimit",
          "LimitAll",
          "PipeOperator",
          "Offset",
          "CollectMetrics");
  private static final Set<String> LOSE_ORDER =
      Set.of("Repartition", "RepartitionByExpression", "RebalancePartitions");

  private SortedInput() {}

  /** Whether a step takes rows by their position. */
  public static boolean isTaken(LogicalPlan plan) {
    boolean takes = plan instanceof LocalLimit || plan instanceof Offset;
    return takes && !(plan.children().head() instanceof Offset);
  }

  /** The sort by which a plan's rows are ordered. */
  public static Optional<Sort> of(LogicalPlan plan) {
    return find(plan, step -> keepsOrder(step) && !becomesJoin(step));
  }

  /** A sort whose order a shuffle or a join behind it has destroyed. */
  public static boolean isLost(LogicalPlan plan) {
    return of(plan).isEmpty()
        && find(plan, step -> keepsOrder(step) || LOSE_ORDER.contains(kind(step))).isPresent();
  }

  private static boolean keepsOrder(LogicalPlan step) {
    return KEEP_ORDER.contains(kind(step));
  }

  private static String kind(LogicalPlan step) {
    return step.getClass().getSimpleName();
  }

  /** Spark joins with every subquery that isn't a single value of its own, as EXISTS is, too. */
  private static boolean becomesJoin(LogicalPlan step) {
    return step.expressions()
        .exists(
            expression ->
                expression.exists(
                    part ->
                        part instanceof SubqueryExpression subquery
                            && (subquery.isCorrelated()
                                || !(subquery instanceof ScalarSubquery
                                    || subquery instanceof Exists))));
  }

  /**
   * Whether Spark loses the order by which a step takes rows: where a subquery refers to the rows
   * outside, it takes the order from a sort right below the limit, and from nowhere else ({@code
   * DecorrelateInnerQuery}, Spark 4.2.0).
   */
  static boolean isLostByDecorrelation(LogicalPlan plan) {
    if (!isTaken(plan) || of(plan).isEmpty()) {
      return false;
    }
    LogicalPlan rows = plan.children().head();
    while (rows instanceof SubqueryAlias) {
      rows = rows.children().head();
    }
    return !(rows instanceof Sort)
        && rows.exists(
            node ->
                node.expressions()
                    .exists(
                        expression -> expression.exists(part -> part instanceof OuterReference)));
  }

  private static Optional<Sort> find(LogicalPlan plan, Predicate<LogicalPlan> passes) {
    LogicalPlan current = plan;
    while (true) {
      if (current instanceof Sort sort && sort.global()) {
        return Optional.of(sort);
      }
      if (!passes.test(current)) {
        return Optional.empty();
      }
      current = CollectionConverters.asJava(current.children()).get(0);
    }
  }
}
