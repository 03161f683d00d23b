package io.penstock.spark.repeatability;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The groups over which an aggregate is computed.
 *
 * @param rows the plan whose rows are grouped
 * @param keys the values in which the rows of a group agree
 */
record Groups(LogicalPlan rows, List<Expression> keys) {
  Groups {
    keys = List.copyOf(keys);
  }

  /** Whether every group has only one row. */
  boolean areSingleRows() {
    return new Ties(rows).areUnique(keys);
  }

  /** Whether all rows of a group have the same value. */
  boolean agreeOn(Expression value) {
    return FunctionalDependencies.of(keys).determine(value);
  }

  /** Whether rows of a group that are equal in the order are one row, or agree in the value. */
  boolean determine(Expression value, Expression order) {
    FunctionalDependencies tied = FunctionalDependencies.ofGreatest(keys, order);
    return tied.determine(value) || new Ties(rows).areUnique(tied.values());
  }
}
