package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source that was opened for a run: its rows, pinned, and what is known about them.
 *
 * @param counted the rows read so far, asked when the run has ended; empty when nobody counted
 * @param opening how long it took
 */
record OpenedInput(
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> counted,
    Duration opening) {

  OpenedInput(Dataset<Row> rows, RunPlan.Input description, Supplier<OptionalLong> counted) {
    this(rows, description, counted, Duration.ZERO);
  }

  OpenedInput openedWithin(Duration time) {
    return new OpenedInput(rows, description, counted, time);
  }

  RunReport.Input report() {
    return new RunReport.Input(
        description.name(),
        description.version(),
        counted.get(),
        description.files(),
        description.bytes(),
        opening.toMillis());
  }
}
