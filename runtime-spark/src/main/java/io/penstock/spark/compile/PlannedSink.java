package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Write;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spark.delta.SchemaChange;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/**
 * A sink that was found valid.
 *
 * @param target where it lies
 * @param schema of the rows written
 * @param table the Delta table as it was found; empty when it is to be created, or for an export
 * @param change what the rows' schema changes in the table's
 * @param state whether something lies at the target already
 */
public record PlannedSink(
    Write write,
    Path target,
    StructType schema,
    Optional<PinnedTable> table,
    Optional<SchemaChange> change,
    RunPlan.Target state) {

  RunPlan.Output describe(Optional<Interval> unit) {
    List<String> units =
        write
            .sink()
            .partition()
            .map(partition -> List.of(partition.label(unit.orElseThrow())))
            .orElse(List.of());
    return RunPlan.Output.of(write.sink(), units, state).withSchema(schema.asNullable().toDDL());
  }
}
