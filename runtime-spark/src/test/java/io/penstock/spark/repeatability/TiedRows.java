package io.penstock.spark.repeatability;

import static io.penstock.dsl.Penstock.delta;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunPlan;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;

/** A lake with rows that have ties in most columns. */
final class TiedRows {
  private TiedRows() {}

  /** A lake with such rows in the table {@code raw/rows}. */
  static EngineLake in(Path directory) {
    EngineLake lake = new EngineLake(directory);
    lake.table(
        "raw/rows",
        """
        SELECT DATE'2026-03-01' AS day, grp, at, name, id, 0.5D * id AS weight, 1.5 * id AS price
        FROM VALUES (1, 10, 'a', 3), (1, 10, 'b', 1), (1, 20, 'c', 2), (2, 10, 'd', 5), (2, 10, 'd', 4)
          AS v (grp, at, name, id)
        """);
    return lake;
  }

  /**
   * The doubts in the plan of a job that writes the rows, apart from those about keys and orders in
   * which different values are equal: such rows are the same every time but for the sign of a zero.
   */
  static List<RunPlan.Doubt> doubts(EngineLake lake, Rows rows) {
    return lake.compile(rows.to(delta("mart/x").overwrite())).plan().doubts().stream()
        .filter(doubt -> !doubt.what().contains("NaN"))
        .toList();
  }
}
