package io.penstock.spark.delta;

import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.PreparedSink;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that will be written.
 *
 * @param table as it was found; empty when it is to be created
 * @param change how the rows' schema differs from the table's
 */
record PlannedTable(
    Write write,
    Path target,
    StructType schema,
    Optional<PinnedTable> table,
    Optional<SchemaChange> change,
    DeltaTables tables)
    implements PlannedSink {
  @Override
  public RunPlan.Target state() {
    return table.isPresent() ? RunPlan.Target.PRESENT : RunPlan.Target.TO_BE_CREATED;
  }

  @Override
  public List<ReaderLimit> readerLimits() {
    return table.map(PinnedTable::readerLimits).orElse(List.of());
  }

  @Override
  public long latestEpoch(RunRequest request) {
    return table.stream()
        .flatMapToLong(found -> found.epochOf(Stamps.unit(request, write.sink())).stream())
        .findFirst()
        .orElse(0);
  }

  @Override
  public Map<Interval, Long> rowsOf(List<Interval> units) {
    return table
        .map(found -> found.rowsOf(write.sink().partition().orElseThrow(), units))
        .orElse(Map.of());
  }

  @Override
  public PreparedSink prepare(Dataset<Row> rows, Attempt attempt) {
    return PreparedTable.prepare(this, rows, attempt);
  }
}
