package io.penstock.spark.expressions;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.runtime.BoxedUnit;

/**
 * Marks the casts that an author writes as functions, such as {@code double(x)}. Spark marks those
 * that are written {@code CAST(x AS DOUBLE)}, and by that they are told from its own.
 */
final class CastFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "bigint",
          "binary",
          "boolean",
          "date",
          "decimal",
          "double",
          "float",
          "int",
          "smallint",
          "string",
          "timestamp",
          "tinyint");

  private CastFunctions() {}

  /** Marks them in what was parsed. The mark goes over to the cast that the function becomes. */
  static void mark(Object parsed) {
    if (parsed instanceof LogicalPlan plan) {
      PlanWalk.over(plan, node -> {}, CastFunctions::markOne);
    } else if (parsed instanceof Expression expression) {
      PlanWalk.over(expression, node -> {}, CastFunctions::markOne);
    }
  }

  private static void markOne(Expression expression) {
    if (expression instanceof UnresolvedFunction function
        && function.nameParts().size() == 1
        && NAMES.contains(function.nameParts().head().toLowerCase(Locale.ROOT))) {
      function.setTagValue(Cast.USER_SPECIFIED_CAST(), BoxedUnit.UNIT);
    }
  }
}
