package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import java.util.ArrayList;
import java.util.List;

/** The unit of an export that a date means; of one that is replaced as a whole, the whole. */
public record PublishedUnit(ExportWriter writer, UnitDate date) {
  /**
   * Its version among those that are published.
   *
   * @throws io.penstock.engine.RunFailedException of kind INPUT_MISSING, when there is none
   */
  public List<CurrentExport> among(List<CurrentExport> published, RepairCommands commands) {
    List<PartitionValue> values = writer.partition().map(this::values).orElse(List.of());
    List<CurrentExport> found =
        published.stream().filter(version -> version.partition().equals(values)).toList();
    if (found.isEmpty()) {
      throw LoadErrors.notPublished(
          writer.export(),
          writer.partition().map(p -> p.label(p.unitOf(date))).orElse("whole"),
          published,
          writer.command(List.of(date), commands));
    }
    return found;
  }

  private List<PartitionValue> values(Partition divided) {
    List<TypedValue> texts = divided.valuesOf(divided.unitOf(date));
    List<PartitionValue> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      values.add(new PartitionValue(divided.columnNames().get(i), texts.get(i).text()));
    }
    return values;
  }
}
