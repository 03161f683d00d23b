package io.penstock.spark.expressions;

import io.penstock.spark.text.WordList;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import scala.jdk.javaapi.CollectionConverters;

/** Finds the sort that determines the order of a plan's rows. */
public final class RowOrder {
  private static final Set<String> KEEP_ORDER =
      WordList.of(
          """
          Project Filter SubqueryAlias ResolvedHint GlobalLimit LocalLimit LimitAll PipeOperator
          Offset CollectMetrics
          """);
  private static final Set<String> LOSE_ORDER =
      Set.of("Repartition", "RepartitionByExpression", "RebalancePartitions");

  private RowOrder() {}

  /** Whether a step is a LIMIT or an OFFSET, which select rows by their position. */
  public static boolean takesByPosition(LogicalPlan plan) {
    boolean takes = plan instanceof LocalLimit || plan instanceof Offset;
    return takes && !(plan.children().head() instanceof Offset);
  }

  /** The sort whose order the rows still have. */
  public static Optional<Sort> sortOf(LogicalPlan plan) {
    return find(plan, step -> keepsOrder(step) && !becomesJoin(step));
  }

  /** Whether the rows were sorted, and a later shuffle or join has destroyed the order. */
  public static boolean isLost(LogicalPlan plan) {
    return sortOf(plan).isEmpty()
        && find(plan, step -> keepsOrder(step) || LOSE_ORDER.contains(kind(step))).isPresent();
  }

  private static boolean keepsOrder(LogicalPlan step) {
    return KEEP_ORDER.contains(kind(step));
  }

  private static String kind(LogicalPlan step) {
    return step.getClass().getSimpleName();
  }

  /** Spark computes every subquery by a join, except an uncorrelated EXISTS or scalar one. */
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
