package io.penstock.spark.repeatability;

import io.penstock.spark.expressions.ForbiddenFunctions;
import io.penstock.spark.expressions.SortedInput;
import java.util.ArrayList;
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
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds what in a step's own part of an analysed plan may give other rows when it is computed again
 * from the same ones, by an order that nothing settles.
 *
 * <p>What is known to be repeatable is listed; all else is in doubt. An array whose elements come
 * in any order is followed until a function makes it the same for every order, or until it matters.
 */
public final class PlanDoubts {
  private static final Set<String> REPEATABLE =
      Set.of(
          "Project",
          "Filter",
          "Join",
          "LateralJoin",
          "Aggregate",
          "Distinct",
          "Union",
          "Sort",
          "SubqueryAlias",
          "View",
          "ResolvedHint",
          "UnresolvedHint",
          "Window",
          "Expand",
          "Generate",
          "WithCTE",
          "CTERelationDef",
          "CTERelationRef",
          "UnionLoop",
          "UnionLoopRef",
          "OneRowRelation",
          "LocalRelation",
          "EmptyRelation",
          "LogicalRDD",
          "LogicalRelation",
          "Range",
          "RepartitionByExpression",
          "Repartition",
          "RebalancePartitions",
          "CollectMetrics",
          "Except",
          "Intersect",
          "LimitAll",
          "PipeOperator",
          // Which rows these take is looked at by itself.
          "GlobalLimit",
          "LocalLimit",
          "Offset",
          // Refused as throwing dice.
          "Sample");

  /** Steps that hand on a column as it is. */
  private static final Set<String> HANDS_ON =
      Set.of(
          "Project",
          "Filter",
          "SubqueryAlias",
          "ResolvedHint",
          "Window",
          "Sort",
          "Aggregate",
          "Join",
          "Generate",
          "GlobalLimit",
          "LocalLimit",
          "LimitAll",
          "PipeOperator",
          "Offset",
          "WithCTE",
          "Repartition",
          "RepartitionByExpression",
          "RebalancePartitions");

  private final InputPlans inputs;
  private final Set<Doubt> doubts = new LinkedHashSet<>();
  private final Map<ExprId, Doubt> loose = new HashMap<>();

  private PlanDoubts(InputPlans inputs) {
    this.inputs = inputs;
  }

  /** The doubts about a plan, apart from those about the plans that it reads. */
  public static List<Doubt> of(LogicalPlan plan, InputPlans inputs) {
    PlanDoubts found = new PlanDoubts(inputs);
    found.look(plan);
    found.matters(plan);
    return List.copyOf(found.doubts);
  }

  private void look(LogicalPlan plan) {
    if (inputs.contain(plan)) {
      return;
    }
    for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
      look(child);
      if (!HANDS_ON.contains(name(plan))) {
        matters(child);
      }
    }
    for (Object subquery : CollectionConverters.asJava(plan.subqueries())) {
      look((LogicalPlan) subquery);
      matters((LogicalPlan) subquery);
    }
    kind(plan);
    if (SortedInput.isTaken(plan)) {
      taken(plan.children().head());
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      Optional<Doubt> order = looseness(expression, plan);
      if (order.isPresent() && expression instanceof NamedExpression named) {
        loose.put(named.exprId(), order.get());
      } else {
        order.ifPresent(doubts::add);
      }
    }
  }

  /** The columns of these rows are used as they are: in what order their arrays come matters. */
  private void matters(LogicalPlan rows) {
    for (Attribute column : CollectionConverters.asJava(rows.output())) {
      Optional.ofNullable(loose.get(column.exprId())).ifPresent(doubts::add);
    }
  }

  /** By these values rows are told apart: in what order their arrays come matters. */
  private void matter(scala.collection.Iterable<Expression> values, LogicalPlan plan) {
    CollectionConverters.asJava(values)
        .forEach(value -> looseness(value, plan).ifPresent(doubts::add));
  }

  private void kind(LogicalPlan plan) {
    boolean wholeRows =
        plan instanceof Deduplicate distinct
            && distinct.keys().size() == distinct.child().output().size();
    if (!wholeRows && !REPEATABLE.contains(name(plan))) {
      doubts.add(
          Doubt.order(
              "Spark's " + plan.nodeName() + " is not known to give the same rows each time",
              "write it with joins, groups and windows"));
    }
    boolean comparesRows =
        plan instanceof Distinct
            || plan instanceof Deduplicate
            || plan instanceof Except
            || plan instanceof Intersect;
    if (comparesRows) {
      CollectionConverters.asJava(plan.output()).forEach(this::grouped);
    }
    if (plan instanceof Aggregate aggregate) {
      CollectionConverters.asJava(aggregate.groupingExpressions()).forEach(this::grouped);
      matter(aggregate.groupingExpressions(), plan);
    }
  }

  private void grouped(Expression key) {
    if (!UnsafeRowUtils.isBinaryStable(key.dataType())) {
      doubts.add(
          Doubt.order(
              "of texts that are equal in the collation of "
                  + Spoken.expression(key)
                  + " any may stand for all",
              "compare their very characters, %s COLLATE UTF8_BINARY, or group by lower(…)"
                  .formatted(Spoken.expression(key))));
    }
  }

  private void taken(LogicalPlan rows) {
    if (SettledOrder.isSingleRow(rows)) {
      return;
    }
    Optional<Sort> sort = SortedInput.of(rows);
    if (sort.isEmpty()) {
      doubts.add(
          SortedInput.isLost(rows)
              ? Doubt.order(
                  "LIMIT takes any rows, as their order is lost when they are distributed anew or"
                      + " joined with a subquery",
                  "put the hint before the ORDER BY, or the step with the subquery")
              : Doubt.order(
                  "LIMIT takes any rows" + becauseOf(new Ties(rows)),
                  "put an ORDER BY right before it"));
      return;
    }
    Ties ties = new Ties(sort.get().child());
    if (!ties.areTold(values(CollectionConverters.asJava(sort.get().order())))) {
      doubts.add(
          Doubt.order(
              "LIMIT takes any of several rows that are equal in their order" + becauseOf(ties),
              "order by a key that no two rows share, or leave such columns out before"));
    }
  }

  private static String becauseOf(Ties ties) {
    return ties.orderless().isEmpty()
        ? ""
        : ": column '%s' has no order".formatted(String.join("', '", ties.orderless()));
  }

  /** The doubt about the order of the array that an expression yields; empty when there is none. */
  private Optional<Doubt> looseness(Expression expression, LogicalPlan plan) {
    if (expression instanceof Attribute column) {
      return Optional.ofNullable(loose.get(column.exprId()));
    }
    if (expression instanceof OuterReference outer) {
      return looseness((Expression) outer.e(), plan);
    }
    if (expression instanceof PlanExpression<?>) {
      return Optional.empty();
    }
    if (expression instanceof RuntimeReplaceable shorthand) {
      return looseness(shorthand.replacement(), plan);
    }
    if (expression instanceof WindowExpression window) {
      matter(window.windowFunction().children(), plan);
      matter(window.windowSpec().partitionSpec(), plan);
      return windowed(window, (Window) plan);
    }
    if (expression instanceof AggregateExpression aggregate) {
      matter(aggregate.aggregateFunction().children(), plan);
      matter(aggregate.filter().toList(), plan);
      List<Expression> keys =
          plan instanceof Aggregate grouped
              ? CollectionConverters.asJava(grouped.groupingExpressions())
              : List.of();
      return looseOrDoubted(aggregate, new Groups(plan.children().head(), keys));
    }
    itself(expression);
    Optional<Doubt> handedOn = Optional.empty();
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      Optional<Doubt> order = looseness(child, plan);
      if (order.isEmpty() || LooseArrays.isIndifferent(expression, child)) {
        continue;
      }
      if (LooseArrays.isElementByElement(expression, child)) {
        handedOn = handedOn.or(() -> order);
      } else {
        doubts.add(order.get());
      }
    }
    return handedOn;
  }

  private Optional<Doubt> looseOrDoubted(AggregateExpression aggregate, Groups groups) {
    Optional<Doubt> doubt = AggregateDoubts.of(aggregate, groups);
    if (AggregateKind.of(aggregate) == AggregateKind.LIST) {
      return doubt;
    }
    doubt.ifPresent(doubts::add);
    return Optional.empty();
  }

  private Optional<Doubt> windowed(WindowExpression window, Window plan) {
    List<Expression> keys = CollectionConverters.asJava(window.windowSpec().partitionSpec());
    List<Expression> values =
        new ArrayList<>(values(CollectionConverters.asJava(window.windowSpec().orderSpec())));
    values.addAll(keys);
    Ties ties = new Ties(plan.child());
    WindowTies meaning = WindowTies.of(window);
    if (meaning != WindowTies.INDIFFERENT && ties.areTold(values)) {
      return Optional.empty();
    }
    if (meaning == WindowTies.SETTLED_BY_MORE_KEYS) {
      doubts.add(
          Doubt.order(
              Spoken.function(function(window)) + " depends on the order of ties" + becauseOf(ties),
              "order its window by a key that no two rows share"));
      return Optional.empty();
    }
    if (window.windowFunction() instanceof AggregateExpression aggregate) {
      return looseOrDoubted(aggregate, new Groups(plan.child(), keys));
    }
    if (meaning == WindowTies.CHANGED_BY_MORE_KEYS) {
      doubts.add(
          Doubt.order(
              Spoken.function(window.windowFunction()) + " depends on the order of ties",
              "count rows and not their values, ROWS BETWEEN UNBOUNDED PRECEDING AND …"));
    }
    return Optional.empty();
  }

  private static Expression function(WindowExpression window) {
    return window.windowFunction() instanceof AggregateExpression aggregate
        ? aggregate.aggregateFunction()
        : window.windowFunction();
  }

  /** What an expression by itself, of the same values, may yield. Dice and clocks are refused. */
  private void itself(Expression expression) {
    if (expression instanceof UserDefinedExpression) {
      doubts.add(
          Doubt.noted(
              Doubt.Kind.NATIVE_CODE,
              "function '" + Spoken.function(expression) + "' is native code"));
      return;
    }
    boolean ofItself =
        !expression.deterministic()
            && !(expression instanceof Nondeterministic)
            && ForbiddenFunctions.find(expression).isEmpty()
            && CollectionConverters.asJava(expression.children()).stream()
                .allMatch(Expression::deterministic);
    if (ofItself) {
      doubts.add(
          Doubt.order(
              Spoken.function(expression) + " is not known to repeat itself",
              "derive the value from the data"));
    }
  }

  private static List<Expression> values(List<SortOrder> order) {
    return order.stream().map(SortOrder::child).toList();
  }

  private static String name(LogicalPlan plan) {
    return plan.getClass().getSimpleName();
  }
}
