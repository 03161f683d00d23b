package io.penstock.jobs.load;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.jobs.JobRegistry;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The unit of an export that a date means: the job that writes the export knows.
 *
 * @param writer the job
 * @param partition of the export; empty when it is replaced as a whole, whatever the date
 */
public record PublishedUnit(
    LakePath export, Pipeline writer, Optional<Partition> partition, LocalDate date) {
  /**
   * The unit of that date.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when no job writes the export
   */
  public static PublishedUnit of(LakePath export, JobRegistry jobs, LocalDate date) {
    for (Pipeline pipeline : jobs.producersOf(export)) {
      for (Write write : pipeline.writes()) {
        if (write.sink().path().equals(export)) {
          return new PublishedUnit(export, pipeline, write.sink().partition(), date);
        }
      }
    }
    throw LoadErrors.noProducer(export);
  }

  /**
   * Its version among those that are published.
   *
   * @throws io.penstock.engine.RunFailedException of kind INPUT_MISSING, when there is none
   */
  public List<CurrentExport> among(List<CurrentExport> published) {
    List<PartitionValue> values = partition.map(this::values).orElse(List.of());
    List<CurrentExport> found =
        published.stream().filter(version -> version.partition().equals(values)).toList();
    if (found.isEmpty()) {
      throw LoadErrors.notPublished(
          export,
          partition.map(p -> p.label(p.unitOf(date))).orElse("whole"),
          published,
          "penstock run %s --date %s".formatted(writer.name(), date));
    }
    return found;
  }

  private List<PartitionValue> values(Partition divided) {
    Interval unit = divided.unitOf(date);
    List<TypedValue> texts = divided.valuesOf(unit);
    List<PartitionValue> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      values.add(new PartitionValue(divided.columnNames().get(i), texts.get(i).text()));
    }
    return values;
  }
}
