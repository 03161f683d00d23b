package io.penstock.jobs.load;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
   * The published version of the unit that holds a date; of an export that is replaced as a whole,
   * the whole.
   *
   * @throws RunFailedException of kind INPUT_MISSING, when there is none
   */
  public List<CurrentExport> versionFor(
      UnitDate date, List<CurrentExport> published, RepairCommands commands) {
    List<PartitionValue> values =
        partition.map(divided -> values(divided, divided.unitOf(date))).orElse(List.of());
    List<CurrentExport> found =
        published.stream().filter(version -> version.partition().equals(values)).toList();
    if (found.isEmpty()) {
      throw LoadErrors.notPublished(
          export,
          partition.map(divided -> divided.label(divided.unitOf(date))).orElse("whole"),
          published,
          command(List.of(date), commands));
    }
    return found;
  }

  private static List<PartitionValue> values(Partition partition, Interval unit) {
    List<TypedValue> values = partition.valuesOf(unit);
    return IntStream.range(0, values.size())
        .mapToObj(i -> new PartitionValue(partition.columnNames().get(i), values.get(i).text()))
        .toList();
  }

  /**
   * The error about an export of which nothing is published yet, with the command that writes it.
   *
   * @param wanted a date of the unit that is waited for
   * @return the error, of kind INPUT_MISSING
   */
  public RunFailedException notWritten(Optional<UnitDate> wanted, RepairCommands commands) {
    return LoadErrors.nothingPublished(export, command(wanted.stream().toList(), commands));
  }

  /** Runs the job for the units that hold these dates, in order; for none, the user fills in. */
  private String command(List<UnitDate> dates, RepairCommands commands) {
    return commands.run(
        pipeline,
        pipeline.partition().stream()
            .flatMap(divided -> dates.stream().map(divided::unitOf))
            .toList());
  }
}
