package io.penstock.spark.sink;

import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import io.penstock.spec.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A sink that was checked and can be written. */
public interface PlannedSink {
  Write write();

  /** The schema of the written rows. */
  StructType schema();

  /** Whether the target exists. */
  RunPlan.Target state();

  /** What other programs do with the target; none of an export, nor of a table made here. */
  List<ReaderLimit> readerLimits();

  /** The epoch of the last publication of what the run replaces; 0 if there is none. */
  long latestEpoch(RunRequest request);

  /**
   * The number of rows that each unit had when the target was planned, or what an export without
   * versions has now; of units that aren't there, none.
   *
   * @param units of the sink's partition
   */
  Map<Interval, Long> rowsOf(List<Interval> units);

  /** Writes the rows without making them visible. */
  PreparedSink prepare(Dataset<Row> rows, Attempt attempt);

  /** The description of a sink for plans. */
  static RunPlan.Output describe(PlannedSink sink, Optional<Interval> unit) {
    Sink written = sink.write().sink();
    return RunPlan.Output.of(written, units(written, unit), sink.state())
        .withSchema(sink.schema().asNullable().toDDL());
  }

  /** The labels of the units that a sink replaces; none if it replaces the whole output. */
  static List<String> units(Sink sink, Optional<Interval> unit) {
    return sink.partition()
        .map(partition -> List.of(partition.label(unit.orElseThrow())))
        .orElse(List.of());
  }
}
