package io.penstock.spark.repeatability;

import io.penstock.spark.expressions.RowOrder;
import io.penstock.spark.text.WordList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import scala.jdk.javaapi.CollectionConverters;

/** Finds nodes of a plan that may give other rows when they are computed again. */
final class NodeDoubts {
  /**
   * The nodes that are known to be repeatable. All others are in doubt. The rows that a LIMIT or an
   * OFFSET selects are checked separately, and a Sample is refused as a random function.
   */
  private static final Set<String> REPEATABLE =
      WordList.of(
          """
          Project Filter Join LateralJoin Aggregate Distinct Union Sort SubqueryAlias View
          ResolvedHint UnresolvedHint Window Expand Generate WithCTE CTERelationDef CTERelationRef
          UnionLoop UnionLoopRef OneRowRelation LocalRelation EmptyRelation LogicalRDD
          LogicalRelation Range RepartitionByExpression Repartition RebalancePartitions
          CollectMetrics Except Intersect LimitAll PipeOperator GlobalLimit LocalLimit Offset
          Sample
          """);

  private NodeDoubts() {}

  /**
   * The doubts about a node itself, apart from its expressions and the nodes below it.
   *
   * @param order of the rows in the whole plan
   */
  static List<Doubt> of(LogicalPlan plan, RowOrder order) {
    List<Doubt> doubts = new ArrayList<>();
    boolean wholeRows =
        plan instanceof Deduplicate distinct
            && distinct.keys().size() == distinct.child().output().size();
    if (!wholeRows && !REPEATABLE.contains(plan.getClass().getSimpleName())) {
      doubts.add(
          Doubt.order(
              "Spark's " + plan.nodeName() + " is not known to give the same rows each time",
              "write it with joins, groups and windows"));
    }
    for (Expression key : comparedValues(plan)) {
      if (!UnsafeRowUtils.isBinaryStable(key.dataType())) {
        doubts.add(collated(PrettySql.expression(key)));
      }
    }
    if (RowOrder.takesByPosition(plan)) {
      ofLimit(plan.children().head(), order).ifPresent(doubts::add);
    }
    return doubts;
  }

  /** The values of which one stands for all that are equal. */
  private static List<? extends Expression> comparedValues(LogicalPlan plan) {
    boolean comparesRows =
        plan instanceof Distinct
            || plan instanceof Deduplicate
            || plan instanceof Except
            || plan instanceof Intersect;
    if (comparesRows) {
      return CollectionConverters.asJava(plan.output());
    }
    return plan instanceof Aggregate aggregate
        ? CollectionConverters.asJava(aggregate.groupingExpressions())
        : List.of();
  }

  private static Doubt collated(String key) {
    return Doubt.order(
        "any of several texts that are equal in the collation of %s may be kept".formatted(key),
        "compare exact texts, %s COLLATE UTF8_BINARY, or group by lower(…)".formatted(key));
  }

  private static Optional<Doubt> ofLimit(LogicalPlan rows, RowOrder order) {
    if (DeterministicOrder.isSingleRow(rows)) {
      return Optional.empty();
    }
    Optional<Sort> sort = order.sortOf(rows);
    if (sort.isEmpty()) {
      return Optional.of(
          order.isLost(rows)
              ? Doubt.order(
                  "LIMIT takes any rows, because their order is lost when they are repartitioned,"
                      + " joined (also with a subquery), put together or numbered",
                  "put an ORDER BY directly before it, behind those steps")
              : Doubt.order(
                  "LIMIT takes any rows" + new Ties(rows).reason(),
                  "put an ORDER BY directly before it"));
    }
    Ties ties = new Ties(sort.get().child());
    return ties.areBroken(Ties.values(sort.get().order()))
        ? Optional.empty()
        : Optional.of(
            Doubt.order(
                "LIMIT takes any of several rows that are equal in their order" + ties.reason(),
                "order by a key that is unique, or drop such columns before"));
  }
}
