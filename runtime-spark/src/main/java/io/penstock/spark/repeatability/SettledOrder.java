package io.penstock.spark.repeatability;

import io.penstock.spark.expressions.SortedInput;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.classic.SparkSession;
import scala.PartialFunction;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Settles the order of ties where SQL leaves it open: behind the order of a sort, of a LIMIT and of
 * a window whose functions go by position come the {@link TieBreakers}. What SQL allows to be any
 * of several rows is then the same one in every run.
 *
 * <p>The analysed plan is rewritten and not the text, so that a step of the language and a whole
 * query are served by one rule: in the plan every window has its frame, every column its type, and
 * a query that sorts by a column which it doesn't select looks like any other.
 */
public final class SettledOrder {
  private final LogicalPlan whole;
  private final InputPlans inputs;

  private SettledOrder(LogicalPlan whole, InputPlans inputs) {
    this.whole = whole;
    this.inputs = inputs;
  }

  /** The frame of a step with all ties settled that can be. */
  public static Dataset<Row> in(Dataset<Row> frame, InputPlans inputs) {
    LogicalPlan analysed = frame.queryExecution().analyzed();
    LogicalPlan settled = new SettledOrder(analysed, inputs).settled(analysed);
    return settled == analysed
        ? frame
        : org.apache.spark.sql.classic.Dataset.ofRows((SparkSession) frame.sparkSession(), settled);
  }

  private LogicalPlan settled(LogicalPlan plan) {
    if (inputs.contain(plan)) {
      return plan;
    }
    LogicalPlan below = withSettledSubqueries(plan.mapChildren(this::settled));
    if (below instanceof Window window) {
      return settled(window);
    }
    if (below instanceof Sort sort && sort.global()) {
      return settled(sort);
    }
    return SortedInput.isTaken(below) ? onSortedRows(below) : below;
  }

  private LogicalPlan withSettledSubqueries(LogicalPlan plan) {
    if (plan.subqueries().isEmpty()) {
      return plan;
    }
    return plan.transformExpressions(
        PartialFunction.fromFunction(
            expression ->
                expression instanceof SubqueryExpression subquery
                    ? subquery.withNewPlan(settled(subquery.plan()))
                    : expression));
  }

  private static LogicalPlan settled(Sort sort) {
    Ties ties = new Ties(sort.child());
    List<Expression> values = values(CollectionConverters.asJava(sort.order()));
    List<SortOrder> missing = ties.missing(values);
    return missing.isEmpty() || ties.areUnique(values)
        ? sort
        : sort.copy(joined(sort.order(), missing), true, sort.child(), sort.hint());
  }

  /**
   * Rows that come in no order are sorted by all their columns before some are taken. Those of a
   * recursion aren't: a limit may be what ends it.
   */
  private LogicalPlan onSortedRows(LogicalPlan limit) {
    LogicalPlan rows = limit.children().head();
    List<SortOrder> order = new Ties(rows).missing(List.of());
    boolean leftAlone =
        SortedInput.of(rows).isPresent()
            || SortedInput.isLost(rows)
            || order.isEmpty()
            || isSingleRow(rows)
            || Recursion.feeds(rows, whole);
    if (leftAlone) {
      return limit;
    }
    Sort sorted = new Sort(seq(order), true, rows, scala.Option.empty());
    return limit.withNewChildren(
        CollectionConverters.asScala(List.<LogicalPlan>of(sorted)).toIndexedSeq());
  }

  static boolean isSingleRow(LogicalPlan rows) {
    return rows.maxRows().isDefined() && ((Number) rows.maxRows().get()).longValue() <= 1;
  }

  /**
   * Functions that go by position get the keys; those over peers, such as rank, stay over the order
   * as it was written, in a window of their own on top, for which the rows are sorted already.
   */
  private static LogicalPlan settled(Window window) {
    List<NamedExpression> byPosition = new ArrayList<>();
    List<NamedExpression> others = new ArrayList<>();
    for (NamedExpression function : CollectionConverters.asJava(window.windowExpressions())) {
      (isByPosition(function) ? byPosition : others).add(function);
    }
    Ties ties = new Ties(window.child());
    List<Expression> values =
        new ArrayList<>(values(CollectionConverters.asJava(window.orderSpec())));
    values.addAll(CollectionConverters.asJava(window.partitionSpec()));
    List<SortOrder> missing = ties.missing(values);
    if (byPosition.isEmpty() || missing.isEmpty() || ties.areUnique(values)) {
      return window;
    }
    scala.collection.immutable.Seq<SortOrder> order = joined(window.orderSpec(), missing);
    List<NamedExpression> ordered =
        byPosition.stream().map(function -> over(function, order)).toList();
    Window settled =
        new Window(seq(ordered), window.partitionSpec(), order, window.child(), window.hint());
    if (others.isEmpty()) {
      return settled;
    }
    Window overPeers =
        new Window(seq(others), window.partitionSpec(), window.orderSpec(), settled, window.hint());
    List<NamedExpression> columns = new ArrayList<>(CollectionConverters.asJava(window.output()));
    return new Project(seq(columns), overPeers);
  }

  private static boolean isByPosition(NamedExpression function) {
    return ((Expression) function)
        .find(
            part ->
                part instanceof WindowExpression window
                    && WindowTies.of(window) == WindowTies.SETTLED_BY_MORE_KEYS)
        .isDefined();
  }

  private static NamedExpression over(
      NamedExpression function, scala.collection.immutable.Seq<SortOrder> order) {
    return (NamedExpression)
        ((Expression) function)
            .transform(
                PartialFunction.fromFunction(
                    part ->
                        part instanceof WindowExpression window
                            ? new WindowExpression(
                                window.windowFunction(),
                                window
                                    .windowSpec()
                                    .copy(
                                        window.windowSpec().partitionSpec(),
                                        order,
                                        window.windowSpec().frameSpecification()))
                            : part));
  }

  private static List<Expression> values(List<SortOrder> order) {
    return order.stream().map(SortOrder::child).toList();
  }

  private static scala.collection.immutable.Seq<SortOrder> joined(
      scala.collection.immutable.Seq<SortOrder> order, List<SortOrder> more) {
    List<SortOrder> all = new ArrayList<>(CollectionConverters.asJava(order));
    all.addAll(more);
    return seq(all);
  }

  private static <T> scala.collection.immutable.Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
