package io.penstock.spark.repeatability;

import io.penstock.spark.expressions.ForbiddenFunctions;
import io.penstock.spark.expressions.RowOrder;
import io.penstock.spark.text.WordList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds what in a step's own part of an analysed plan may give other rows when it is computed again
 * from the same rows, because it depends on an order that nothing determines.
 *
 * <p>What is known to be repeatable is listed; everything else is in doubt. An array with elements
 * in an undetermined order is tracked until a function removes the dependence on the order, or
 * until the order matters.
 */
public final class PlanDoubts {
  /** The nodes that pass a column on unchanged. */
  private static final Set<String> PASSES_COLUMNS_ON =
      WordList.of(
          """
          Project Filter SubqueryAlias ResolvedHint Window Sort Aggregate Join Generate
          GlobalLimit LocalLimit LimitAll PipeOperator Offset WithCTE Repartition
          RepartitionByExpression RebalancePartitions
          """);

  private final InputPlans inputs;
  private final RowOrder order;
  private final Set<Doubt> doubts = new LinkedHashSet<>();
  private final Map<ExprId, Doubt> unordered = new HashMap<>();

  private PlanDoubts(InputPlans inputs, RowOrder order) {
    this.inputs = inputs;
    this.order = order;
  }

  /** The doubts about a plan, apart from those about the plans that it reads. */
  public static List<Doubt> of(LogicalPlan plan, InputPlans inputs) {
    PlanDoubts found = new PlanDoubts(inputs, RowOrder.in(plan));
    found.visit(plan);
    found.reportColumns(plan);
    return List.copyOf(found.doubts);
  }

  private void visit(LogicalPlan plan) {
    if (inputs.contain(plan)) {
      return;
    }
    for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
      visit(child);
      if (!PASSES_COLUMNS_ON.contains(plan.getClass().getSimpleName())) {
        reportColumns(child);
      }
    }
    for (Object subquery : CollectionConverters.asJava(plan.subqueries())) {
      visit((LogicalPlan) subquery);
      reportColumns((LogicalPlan) subquery);
    }
    doubts.addAll(NodeDoubts.of(plan, order));
    if (plan instanceof Aggregate aggregate) {
      reportValues(aggregate.groupingExpressions(), plan);
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      Optional<Doubt> order = arrayOrder(expression, plan);
      if (order.isPresent() && expression instanceof NamedExpression named) {
        unordered.put(named.exprId(), order.get());
      } else {
        report(order);
      }
    }
  }

  /** Reports the unordered arrays among these columns, whose order now matters. */
  private void reportColumns(LogicalPlan rows) {
    for (Attribute column : CollectionConverters.asJava(rows.output())) {
      report(Optional.ofNullable(unordered.get(column.exprId())));
    }
  }

  /** Reports the unordered arrays among values by which rows are compared. */
  private void reportValues(scala.collection.Iterable<Expression> values, LogicalPlan plan) {
    CollectionConverters.asJava(values).forEach(value -> report(arrayOrder(value, plan)));
  }

  private void report(Optional<Doubt> doubt) {
    doubt.ifPresent(doubts::add);
  }

  /** The doubt about the order of the array that an expression yields; empty when there is none. */
  private Optional<Doubt> arrayOrder(Expression expression, LogicalPlan plan) {
    if (expression instanceof Attribute column) {
      return Optional.ofNullable(unordered.get(column.exprId()));
    }
    if (expression instanceof OuterReference outer) {
      return arrayOrder((Expression) outer.e(), plan);
    }
    if (expression instanceof PlanExpression<?>) {
      return Optional.empty();
    }
    if (expression instanceof RuntimeReplaceable shorthand) {
      return arrayOrder(shorthand.replacement(), plan);
    }
    if (expression instanceof WindowExpression window) {
      reportValues(window.windowFunction().children(), plan);
      reportValues(window.windowSpec().partitionSpec(), plan);
      return unlessReported(
          WindowDoubts.of(window, plan.children().head()),
          WindowTies.of(window) == WindowTies.SETTLED_BY_MORE_KEYS
              ? window
              : window.windowFunction());
    }
    if (expression instanceof AggregateExpression aggregate) {
      reportValues(aggregate.aggregateFunction().children(), plan);
      reportValues(aggregate.filter().toList(), plan);
      List<Expression> keys =
          plan instanceof Aggregate grouped
              ? CollectionConverters.asJava(grouped.groupingExpressions())
              : List.of();
      return unlessReported(
          AggregateDoubts.of(aggregate, new Groups(plan.children().head(), keys)), aggregate);
    }
    reportItself(expression);
    Optional<Doubt> passedOn = Optional.empty();
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      Optional<Doubt> order = arrayOrder(child, plan);
      if (order.isEmpty() || UnorderedArrays.isIndifferent(expression, child)) {
        continue;
      }
      if (UnorderedArrays.isElementByElement(expression, child)) {
        passedOn = passedOn.or(() -> order);
      } else {
        report(order);
      }
    }
    return passedOn;
  }

  /** The doubt itself where the function yields an unordered array; all others are reported. */
  private Optional<Doubt> unlessReported(Optional<Doubt> doubt, Expression function) {
    boolean yieldsArray =
        function instanceof AggregateExpression aggregate
            && AggregateKind.of(aggregate) == AggregateKind.LIST;
    if (yieldsArray) {
      return doubt;
    }
    report(doubt);
    return Optional.empty();
  }

  /** Reports an expression that may yield other values for the same arguments. */
  private void reportItself(Expression expression) {
    if (expression instanceof UserDefinedExpression) {
      doubts.add(
          Doubt.noted(
              Doubt.Kind.NATIVE_CODE,
              "function '" + PrettySql.function(expression) + "' is native code"));
      return;
    }
    boolean varies =
        !expression.deterministic()
            && !(expression instanceof Nondeterministic)
            && ForbiddenFunctions.find(expression).isEmpty()
            && CollectionConverters.asJava(expression.children()).stream()
                .allMatch(Expression::deterministic);
    if (varies) {
      doubts.add(
          Doubt.order(
              PrettySql.function(expression) + " is not known to be deterministic",
              "derive the value from the data"));
    }
  }
}
