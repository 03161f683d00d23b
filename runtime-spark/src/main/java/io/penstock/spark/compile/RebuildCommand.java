package io.penstock.spark.compile;

import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.StoredUnits;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.ValueType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The command that runs again what an output held. */
final class RebuildCommand {
  private RebuildCommand() {}

  /** For an output of which nobody says what it holds. */
  static String of(String pipeline, Optional<Partition> partition) {
    return "penstock run " + pipeline + (partition.isPresent() ? " --from FIRST --to END" : "");
  }

  /** For a table, whose units tell from when to when. */
  static String of(
      String pipeline,
      Optional<Partition> partition,
      PinnedTable table,
      Optional<OutputContract> stored) {
    return partition
        .flatMap(p -> held(table, stored).map(held -> "penstock run " + pipeline + bounds(p, held)))
        .orElseGet(() -> of(pipeline, partition));
  }

  private static String bounds(Partition partition, Interval held) {
    List<Interval> units = partition.unitsIn(held);
    return " --from %s --to %s"
        .formatted(
            date(partition, units.get(0).from()),
            date(partition, units.get(units.size() - 1).to()));
  }

  private static LocalDate date(Partition partition, Instant instant) {
    return instant.atZone(partition.zone()).toLocalDate();
  }

  /** From the first to the last start of a unit that is stored. */
  private static Optional<Interval> held(PinnedTable table, Optional<OutputContract> stored) {
    if (table.partitionColumns().size() != 1) {
      return Optional.empty();
    }
    String name = table.partitionColumns().get(0);
    List<LocalDate> starts =
        column(name, stored).stream()
            .flatMap(
                column ->
                    table.valuesOf(name).stream()
                        .flatMap(value -> StoredUnits.date(column, value).stream()))
            .sorted()
            .toList();
    return starts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Interval(
                starts.get(0).atStartOfDay().toInstant(ZoneOffset.UTC),
                starts
                    .get(starts.size() - 1)
                    .plusDays(1)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC)));
  }

  private static Optional<PartitionColumn> column(String name, Optional<OutputContract> stored) {
    String text =
        stored.stream()
            .flatMap(contract -> contract.division().columns().stream())
            .filter(column -> column.startsWith(name + " "))
            .findFirst()
            .orElse(name + " DATE");
    String[] parts = text.split(" ", 3);
    return parts[1].equals("DATE")
        ? Optional.of(new PartitionColumn(name, ValueType.DATE, Optional.empty()))
        : Optional.of(parts)
            .filter(form -> form.length == 3)
            .map(form -> new PartitionColumn(name, ValueType.STRING, Optional.of(form[2])));
  }
}
