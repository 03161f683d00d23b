package io.penstock.spark.export;

import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.PreparedSink;
import io.penstock.spec.CsvForm;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A CSV export that was checked and can be written.
 *
 * @param form of its files
 */
record PlannedExport(
    Write write,
    Path target,
    StructType schema,
    RunPlan.Target state,
    CsvForm form,
    Exports exports)
    implements PlannedSink {
  @Override
  public List<ReaderLimit> readerLimits() {
    return List.of();
  }

  @Override
  public long latestEpoch(RunRequest request) {
    return exports.currentEpoch(replaced(request)).orElse(0);
  }

  @Override
  public Map<Interval, Long> rowsOf(List<Interval> units) {
    Map<Interval, Long> rows = new HashMap<>();
    for (Interval unit : units) {
      exports
          .current(replaced(Optional.of(unit)))
          .ifPresent(current -> rows.put(unit, current.manifest().rowCount()));
    }
    return rows;
  }

  @Override
  public PreparedSink prepare(Dataset<Row> rows, Attempt attempt) {
    return PreparedExport.prepare(this, rows, attempt);
  }

  /** The part of the export that a run replaces. */
  ExportTarget replaced(RunRequest request) {
    return replaced(request.unit());
  }

  private ExportTarget replaced(Optional<Interval> unit) {
    List<PartitionSegment> segments = new ArrayList<>();
    if (write.sink().partition().isPresent()) {
      Partition partition = write.sink().partition().orElseThrow();
      List<TypedValue> values = partition.valuesOf(unit.orElseThrow());
      for (int i = 0; i < values.size(); i++) {
        segments.add(new PartitionSegment(partition.columns().get(i).name(), values.get(i).text()));
      }
    }
    return new ExportTarget(target, segments);
  }
}
