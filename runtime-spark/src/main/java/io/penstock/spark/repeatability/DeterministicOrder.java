package io.penstock.spark.repeatability;

import io.penstock.spark.expressions.RowOrder;
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
 * Determines the order of ties where SQL leaves it open: it appends the {@link TieBreakers} to the
 * order of a sort, of a LIMIT, and of a window with functions that depend on the position. Where
 * SQL allows any of several rows, every run then takes the same one.
 *
 * <p>It rewrites the analysed plan and not the text, so that one rule serves both the steps of the
 * language and whole queries: in the plan every window has its frame, every column its type, and a
 * query may sort by a column that it doesn't select.
 */
public final class DeterministicOrder {
  private final LogicalPlan whole;
  private final RowOrder order;
  private final InputPlans inputs;

  private DeterministicOrder(LogicalPlan whole, InputPlans inputs) {
    this.whole = whole;
    this.order = RowOrder.in(whole);
    this.inputs = inputs;
  }

  /** The frame of a step with a determined order, as far as that is possible. */
  public static Dataset<Row> in(Dataset<Row> frame, InputPlans inputs) {
    LogicalPlan analysed = frame.queryExecution().analyzed();
    LogicalPlan settled = new DeterministicOrder(analysed, inputs).settled(analysed);
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
    return RowOrder.takesByPosition(below) ? onSortedRows(below) : below;
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
    List<Expression> values = Ties.values(sort.order());
    List<SortOrder> missing = ties.missing(values);
    return missing.isEmpty() || ties.areUnique(values)
        ? sort
        : sort.copy(joined(sort.order(), missing), true, sort.child(), sort.hint());
  }

  /**
   * Sorts unordered rows by all their columns before a limit. Rows of a recursive query are left
   * unsorted, because the limit may be what ends the recursion.
   */
  private LogicalPlan onSortedRows(LogicalPlan limit) {
    LogicalPlan rows = limit.children().head();
    List<SortOrder> columns = new Ties(rows).missing(List.of());
    boolean leftAlone =
        order.sortOf(rows).isPresent()
            || order.isLost(rows)
            || columns.isEmpty()
            || isSingleRow(rows)
            || Recursion.feeds(rows, whole);
    if (leftAlone) {
      return limit;
    }
    Sort sorted = new Sort(seq(columns), true, rows, scala.Option.empty());
    return limit.withNewChildren(
        CollectionConverters.asScala(List.<LogicalPlan>of(sorted)).toIndexedSeq());
  }

  static boolean isSingleRow(LogicalPlan rows) {
    return rows.maxRows().isDefined() && ((Number) rows.maxRows().get()).longValue() <= 1;
  }

  /**
   * Functions that depend on the position get the additional keys. Functions over peers, such as
   * rank, keep the order as it was written, in a second window for which the rows are sorted
   * already.
   */
  private static LogicalPlan settled(Window window) {
    List<NamedExpression> byPosition = new ArrayList<>();
    List<NamedExpression> others = new ArrayList<>();
    for (NamedExpression function : CollectionConverters.asJava(window.windowExpressions())) {
      (isByPosition(function) ? byPosition : others).add(function);
    }
    Ties ties = new Ties(window.child());
    List<Expression> values = Ties.values(window.orderSpec(), window.partitionSpec());
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
