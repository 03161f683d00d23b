package io.penstock.spark.repeatability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ListAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.MinBy;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import scala.jdk.javaapi.CollectionConverters;

/** Tells whether an aggregate depends on the order of the rows in its groups. */
final class AggregateDoubts {
  private AggregateDoubts() {}

  /** The doubt about an aggregate; empty when it gives the same in any order. */
  static Optional<Doubt> of(AggregateExpression aggregate, Groups groups) {
    AggregateKind kind = AggregateKind.of(aggregate);
    if (kind == AggregateKind.EXACT || groups.areSingleRows()) {
      return Optional.empty();
    }
    Expression function = aggregate.aggregateFunction();
    return switch (kind) {
      case EXACT -> Optional.empty();
      case ROUNDED ->
          Optional.of(
              Doubt.noted(
                  Doubt.Kind.ROUNDING,
                  name(function)
                      + " of floating-point numbers depends on the order of rows in its last"
                      + " digits"));
      case ONE_ROW ->
          groups.agreeOn(child(function)) ? Optional.empty() : Optional.of(oneRow(function));
      case EXTREME_ROW ->
          groups.determine(child(function), order(function))
              ? Optional.empty()
              : Optional.of(extremeRow(function));
      case TEXT ->
          isOrdered((ListAgg) function, groups) ? Optional.empty() : Optional.of(text(function));
      case LIST -> groups.agreeOn(child(function)) ? Optional.empty() : Optional.of(list(function));
      case MODE ->
          Optional.of(
              Doubt.order(
                  "mode takes any of several values that are equally frequent",
                  "write mode(%s, true), which takes the smallest of them"
                      .formatted(argument(function))));
      case OTHER -> Optional.of(other(function));
    };
  }

  private static Doubt oneRow(Expression function) {
    String value = argument(function);
    return Doubt.order(
        name(function) + " depends on the order of rows",
        "say which row is meant, such as %s(%s, struct(ts, %s)), or take min(%s)"
            .formatted(
                name(function).startsWith("last") ? "max_by" : "min_by", value, value, value));
  }

  private static Doubt extremeRow(Expression function) {
    String value = argument(function);
    String order = PrettySql.expression(order(function));
    return Doubt.order(
        "%s takes any of several rows that are equal in %s".formatted(name(function), order),
        "break the tie by the value: %s(%s, %s)"
            .formatted(
                name(function),
                value,
                function instanceof MaxBy
                    ? "struct(%s, %s)".formatted(order, value)
                    : "IF(%s IS NULL, NULL, struct(%s, %s))".formatted(order, order, value)));
  }

  private static Doubt text(Expression function) {
    ListAgg joined = (ListAgg) function;
    List<String> order = new ArrayList<>();
    for (SortOrder item : CollectionConverters.asJava(joined.orderExpressions())) {
      order.add(PrettySql.expression(item));
    }
    order.add(argument(function));
    return Doubt.order(
        order.size() == 1
            ? name(function) + " depends on the order of rows"
            : name(function) + " joins texts that are equal in its order in any order",
        "write %s(…) WITHIN GROUP (ORDER BY %s)"
            .formatted(name(function), String.join(", ", order)));
  }

  private static Doubt list(Expression function) {
    return Doubt.order(
        name(function) + " depends on the order of rows",
        "write array_sort(%s(%s%s))"
            .formatted(
                name(function),
                argument(function),
                UnsafeRowUtils.isBinaryStable(function.dataType()) ? "" : " COLLATE UTF8_BINARY"));
  }

  private static Doubt other(Expression function) {
    String name = name(function);
    String fix =
        switch (name) {
          case "percentile_approx", "approx_percentile" ->
              "write percentile(…), which is exact for every order";
          case "min", "max", "mode" ->
              "compare exact texts: %s(%s COLLATE UTF8_BINARY)".formatted(name, argument(function));
          case "sum", "try_sum", "avg", "try_avg" ->
              "add DECIMALs of fewer digits, so that the sum can't overflow";
          case "histogram_numeric" -> "count by groupBy(\"width_bucket(…)\")";
          default ->
              "use a function that gives the same result for every order, such as count, sum or"
                  + " max";
        };
    return Doubt.order(name + " depends on the order of rows", fix);
  }

  /** Whether rows that are equal in the order have the same text. */
  private static boolean isOrdered(ListAgg function, Groups groups) {
    List<Expression> tied = new ArrayList<>(groups.keys());
    for (SortOrder item : CollectionConverters.asJava(function.orderExpressions())) {
      tied.add(item.child());
    }
    FunctionalDependencies equal = FunctionalDependencies.of(tied);
    return equal.determine(function.child()) || new Ties(groups.rows()).areUnique(equal.values());
  }

  private static Expression child(Expression function) {
    return function.children().head();
  }

  private static Expression order(Expression function) {
    return function instanceof MaxBy greatest
        ? greatest.orderingExpr()
        : ((MinBy) function).orderingExpr();
  }

  private static String argument(Expression function) {
    return function.children().isEmpty() ? "…" : PrettySql.expression(child(function));
  }

  private static String name(Expression function) {
    return PrettySql.function(function);
  }
}
