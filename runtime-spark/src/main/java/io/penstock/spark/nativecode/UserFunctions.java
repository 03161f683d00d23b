package io.penstock.spark.nativecode;

import io.penstock.spark.expressions.PlanWalk;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.plans.logical.AppendColumns;
import org.apache.spark.sql.catalyst.plans.logical.CoGroup;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapElements;
import org.apache.spark.sql.catalyst.plans.logical.MapGroups;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.TypedFilter;
import org.apache.spark.sql.execution.aggregate.TypedAggregateExpression;

/** Names the user's functions that a native transform adds to a plan. */
public final class UserFunctions {
  private UserFunctions() {}

  /** The functions in the output's plan that aren't in the input's. */
  public static Set<String> addedBetween(Dataset<Row> input, Dataset<Row> output) {
    Set<String> found = new TreeSet<>();
    Set<LogicalPlan> seen = PlanWalk.noneSeen();
    PlanWalk.over(input.queryExecution().analyzed(), plan -> {}, expression -> {}, seen);
    PlanWalk.over(
        output.queryExecution().analyzed(),
        plan -> of(plan).ifPresent(found::add),
        expression -> of(expression).ifPresent(found::add),
        seen);
    return found;
  }

  private static Optional<String> of(LogicalPlan plan) {
    boolean holdsFunction =
        plan instanceof MapPartitions
            || plan instanceof MapElements
            || plan instanceof TypedFilter
            || plan instanceof MapGroups
            || plan instanceof CoGroup
            || plan instanceof AppendColumns;
    return holdsFunction
        ? Optional.of("the function of " + plan.nodeName().toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static Optional<String> of(Expression expression) {
    if (expression instanceof ScalaUDF function) {
      return Optional.of(
          function.udfName().isDefined() ? "UDF '" + function.udfName().get() + "'" : "a UDF");
    }
    boolean holdsFunction =
        expression instanceof UserDefinedExpression
            || expression instanceof TypedAggregateExpression;
    return holdsFunction ? Optional.of(named(expression.prettyName())) : Optional.empty();
  }

  /** An Aggregator has the simple name of its class, which is empty for an anonymous one. */
  private static String named(String name) {
    return name.isBlank() ? "an Aggregator" : "the function of " + name;
  }
}
