package io.penstock.spark.sink;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A sink that was found valid. */
public interface PlannedSink {
  Write write();

  /** Of the rows written. */
  StructType schema();

  /** Whether something lies at the target already. */
  RunPlan.Target state();

  /** The number of the attempt that published last what the run replaces, or 0. */
  long latestEpoch(RunRequest request);

  /** Writes the rows where nobody sees them. */
  PreparedSink prepare(Dataset<Row> rows, Attempt attempt);

  /** What plans tell of a sink. */
  static RunPlan.Output describe(PlannedSink sink, Optional<Interval> unit) {
    List<String> units =
        sink.write()
            .sink()
            .partition()
            .map(partition -> List.of(partition.label(unit.orElseThrow())))
            .orElse(List.of());
    return RunPlan.Output.of(sink.write().sink(), units, sink.state())
        .withSchema(sink.schema().asNullable().toDDL());
  }
}
