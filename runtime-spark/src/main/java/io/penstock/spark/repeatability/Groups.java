package io.penstock.spark.repeatability;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The groups over which an aggregate is computed.
 *
 * @param rows the plan whose rows are grouped
 * @param keys in which the rows of a group agree
 */
record Groups(LogicalPlan rows, List<Expression> keys) {
  Groups {
    keys = List.copyOf(keys);
  }

  /** Whether no group has a second row. */
  boolean areSingleRows() {
    return new Ties(rows).areUnique(keys);
  }

  /** Whether all rows of a group have the same value here. */
  boolean agreeOn(Expression value) {
    return Determined.by(keys).determines(value);
  }

  /** Whether rows of a group that agree in the order are one row, or agree in the value. */
  boolean areToldBy(Expression order, Expression value) {
    Determined tied = Determined.byGreatest(keys, order);
    return tied.determines(value) || new Ties(rows).areUnique(tied.values());
  }
}
