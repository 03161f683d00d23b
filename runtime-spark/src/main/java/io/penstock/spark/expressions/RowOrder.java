package io.penstock.spark.expressions;

import io.penstock.spark.text.WordList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.jdk.javaapi.CollectionConverters;

/** Finds the sort that determines the order of a plan's rows. */
public final class RowOrder {
  private static final Set<String> KEEP_ORDER =
      WordList.of(
          """
          Project Filter SubqueryAlias ResolvedHint GlobalLimit LocalLimit LimitAll PipeOperator
          Offset CollectMetrics Generate WithCTE CTERelationRef
          """);

  /** What hands rows on, but in an order of its own. */
  private static final Set<String> LOSE_ORDER =
      WordList.of(
          """
          Repartition RepartitionByExpression RebalancePartitions Join LateralJoin Union Window
          Expand
          """);

  /** The definitions of WITH, by the ids by which a plan refers to them. */
  private final Map<Long, LogicalPlan> definitions = new HashMap<>();

  private RowOrder() {}

  /**
   * The order of rows within a plan.
   *
   * @param whole the plan with the definitions of WITH that the rows may refer to
   */
  public static RowOrder in(LogicalPlan whole) {
    RowOrder order = new RowOrder();
    whole.foreachWithSubqueries(
        node -> {
          if (node instanceof CTERelationDef definition) {
            order.definitions.put(definition.id(), definition.child());
          }
          return null;
        });
    return order;
  }

  /** Whether a step is a LIMIT or an OFFSET, which select rows by their position. */
  public static boolean takesByPosition(LogicalPlan plan) {
    boolean takes = plan instanceof LocalLimit || plan instanceof Offset;
    return takes && !(plan.children().head() instanceof Offset);
  }

  /** The sort whose order the rows still have. */
  public Optional<Sort> sortOf(LogicalPlan plan) {
    if (plan instanceof Sort sort && sort.global()) {
      return Optional.of(sort);
    }
    return KEEP_ORDER.contains(kind(plan)) && !becomesJoin(plan)
        ? origin(plan).flatMap(this::sortOf)
        : Optional.empty();
  }

  /** Whether the rows were sorted, and a later shuffle or join has destroyed the order. */
  public boolean isLost(LogicalPlan plan) {
    return sortOf(plan).isEmpty() && wasSorted(plan);
  }

  private boolean wasSorted(LogicalPlan plan) {
    if (plan instanceof Sort sort && sort.global()) {
      return true;
    }
    return KEEP_ORDER.contains(kind(plan))
        ? origin(plan).map(this::wasSorted).orElse(false)
        : LOSE_ORDER.contains(kind(plan))
            && CollectionConverters.asJava(plan.children()).stream().anyMatch(this::wasSorted);
  }

  /** The rows that a step hands on; empty for those of a recursive query. */
  private Optional<LogicalPlan> origin(LogicalPlan step) {
    if (step instanceof WithCTE with) {
      return Optional.of(with.plan());
    }
    if (step instanceof CTERelationRef reference) {
      return reference.recursive()
          ? Optional.empty()
          : Optional.ofNullable(definitions.get(reference.cteId()));
    }
    return Optional.of(step.children().head());
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
}
