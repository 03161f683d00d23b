package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Nodes;
import io.penstock.plan.Write;
import io.penstock.spark.repeatability.EqualValues;
import io.penstock.spec.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Tells where keys, orders and checks meet values that are different and count as equal. They are
 * no reason to compute a step only once, and need no allowance.
 */
final class EqualKeys {
  private EqualKeys() {}

  /** Those of all steps and checks, in the order of the program. */
  static List<RunPlan.Doubt> of(
      List<Write> writes, List<PlannedCheck> checks, FrameBuilder frames) {
    List<RunPlan.Doubt> told = new ArrayList<>();
    for (Node node : Nodes.inOrder(writes)) {
      frames.equalValues(node).forEach(what -> told.add(doubt(node.place(), what)));
    }
    for (PlannedCheck check : checks) {
      if (check.expectation() instanceof Expectation.Unique unique) {
        keys(unique, frames.frame(check.rows()))
            .forEach(what -> told.add(doubt(check.place(), what)));
      }
    }
    return told;
  }

  private static List<String> keys(Expectation.Unique unique, Dataset<Row> rows) {
    List<String> told = new ArrayList<>();
    for (StructField field :
        rows.select(
                CheckColumns.shown(unique, rows, org.apache.spark.sql.functions::expr)
                    .toArray(org.apache.spark.sql.Column[]::new))
            .schema()
            .fields()) {
      EqualValues.ofKey(field.name(), field.dataType()).ifPresent(told::add);
    }
    return told;
  }

  private static RunPlan.Doubt doubt(String place, String what) {
    return new RunPlan.Doubt(place, what, Optional.empty());
  }
}
