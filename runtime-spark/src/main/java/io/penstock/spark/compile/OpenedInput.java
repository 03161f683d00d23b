package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source that was opened for a run: its rows, pinned, and what is known about them.
 *
 * @param counted the rows read so far, asked when the run has ended; empty when nobody counted
 * @param opening how long it took
 * @param files those of a source of files, as they were listed
 */
record OpenedInput(
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> counted,
    Duration opening,
    Optional<PinnedFiles> files) {

  OpenedInput(Dataset<Row> rows, RunPlan.Input description, Supplier<OptionalLong> counted) {
    this(rows, description, counted, Duration.ZERO, Optional.empty());
  }

  OpenedInput openedWithin(Duration time) {
    return new OpenedInput(rows, description, counted, time, files);
  }

  OpenedInput pinnedTo(PinnedFiles listed) {
    return new OpenedInput(rows, description, counted, opening, Optional.of(listed));
  }

  RunReport.Input report() {
    return new RunReport.Input(
        description.name(),
        description.version(),
        counted.get(),
        description.files(),
        description.bytes(),
        opening.toMillis(),
        files.map(PinnedFiles::digest));
  }
}
