package io.penstock.jobs.load;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.plan.Write;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.util.List;
import java.util.Optional;

/**
 * The job that writes an export.
 *
 * @param partition of the export; empty when it is replaced as a whole, whatever the date
 */
public record ExportWriter(LakePath export, Pipeline pipeline, Optional<Partition> partition) {
  /** The writer among these jobs, if one of them is. */
  public static Optional<ExportWriter> of(LakePath export, JobRegistry jobs) {
    for (Pipeline pipeline : jobs.producersOf(export)) {
      for (Write write : pipeline.writes()) {
        if (write.sink().path().equals(export) && write.sink().csvForm().isPresent()) {
          return Optional.of(new ExportWriter(export, pipeline, write.sink().partition()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Tells how to write an export of which nothing is published yet.
   *
   * @param wanted a date of the unit that is waited for
   * @return the error, of kind INPUT_MISSING
   */
  public RunFailedException notWritten(Optional<UnitDate> wanted, RepairCommands commands) {
    return LoadErrors.nothingPublished(export, command(wanted.stream().toList(), commands));
  }

  /** Runs the job for the units that hold these dates, in order; for none, the user fills in. */
  String command(List<UnitDate> dates, RepairCommands commands) {
    return commands.run(
        pipeline,
        pipeline.partition().stream()
            .flatMap(divided -> dates.stream().map(divided::unitOf))
            .toList());
  }
}
