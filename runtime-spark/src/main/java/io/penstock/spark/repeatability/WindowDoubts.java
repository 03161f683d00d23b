package io.penstock.spark.repeatability;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Tells whether a window function depends on the order of ties. */
final class WindowDoubts {
  private WindowDoubts() {}

  /**
   * The doubt about a window function; empty when it gives the same in any order of ties.
   *
   * @param rows the plan that the window is computed over
   */
  static Optional<Doubt> of(WindowExpression window, LogicalPlan rows) {
    Ties ties = new Ties(rows);
    WindowTies effect = WindowTies.of(window);
    if (effect != WindowTies.INDIFFERENT
        && ties.areBroken(
            Ties.values(window.windowSpec().orderSpec(), window.windowSpec().partitionSpec()))) {
      return Optional.empty();
    }
    Expression function = window.windowFunction();
    if (effect == WindowTies.SETTLED_BY_MORE_KEYS) {
      return Optional.of(
          Doubt.order(
              PrettySql.function(
                      function instanceof AggregateExpression aggregate
                          ? aggregate.aggregateFunction()
                          : function)
                  + " depends on the order of ties"
                  + ties.reason(),
              "order its window by a unique key"));
    }
    if (function instanceof AggregateExpression aggregate) {
      List<Expression> keys = CollectionConverters.asJava(window.windowSpec().partitionSpec());
      return AggregateDoubts.of(aggregate, new Groups(rows, keys));
    }
    return effect == WindowTies.CHANGED_BY_MORE_KEYS
        ? Optional.of(
            Doubt.order(
                PrettySql.function(function) + " depends on the order of ties",
                "count rows and not values, ROWS BETWEEN UNBOUNDED PRECEDING AND …"))
        : Optional.empty();
  }
}
