package io.penstock.spark.contract;

import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What one publication of an output replaces: the whole output, or a unit of time.
 *
 * <p>The parts are texts, so that a grain or format of a later release is a difference and not a
 * failure.
 *
 * @param grain the length of a unit, {@code day}; {@code whole} if there are no units
 * @param columns the columns that hold a unit's start, each with type and format: {@code day DATE},
 *     {@code day STRING yyyyMMdd}; none for the whole
 * @param zone in which a unit starts; empty for the whole
 */
public record Partitioning(String grain, List<String> columns, String zone) {
  /** An output that every publication replaces as a whole. */
  public static final Partitioning WHOLE = new Partitioning("whole", List.of(), "");

  private static final String UTC = "UTC";

  public Partitioning {
    columns = List.copyOf(columns);
    boolean isWhole = grain.equals("whole");
    if (grain.isBlank() || isWhole != columns.isEmpty() || isWhole != zone.isEmpty()) {
      throw ContractErrors.incompletePartitioning(grain, columns, zone);
    }
  }

  /** The partitioning by a partition; without one, an output is replaced as a whole. */
  public static Partitioning of(Optional<Partition> partition) {
    return partition
        .map(
            p ->
                new Partitioning(
                    p.grain().text(),
                    p.columns().stream().map(Partitioning::text).toList(),
                    zone(p)))
        .orElse(WHOLE);
  }

  /** Whether every publication replaces everything. */
  public boolean isWhole() {
    return equals(WHOLE);
  }

  /** The names of its columns. */
  public List<String> columnNames() {
    return columns.stream().map(column -> column.split(" ", 2)[0]).toList();
  }

  private static String zone(Partition partition) {
    return partition.zone().normalized().equals(ZoneOffset.UTC) ? UTC : partition.zone().getId();
  }

  private static String text(PartitionColumn column) {
    return column.name()
        + " "
        + column.type()
        + column.format().map(format -> " " + format).orElse("");
  }

  /** For people: {@code by day (day DATE)}, or {@code as a whole}. */
  @Override
  public String toString() {
    if (isWhole()) {
      return "as a whole";
    }
    String where = zone.equals(UTC) ? "" : " in " + zone;
    return "by " + grain + " (" + String.join(", ", columns) + ")" + where;
  }
}
