package io.penstock.spark.contract;

import io.penstock.spec.Grain;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.UnitDate;
import io.penstock.spec.ValueType;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command that runs all units of an output again. */
public final class RebuildCommand {
  private RebuildCommand() {}

  /**
   * The values of the column by which an output is partitioned.
   *
   * @param values as texts
   */
  public record StoredValues(String column, List<String> values) {
    public StoredValues {
      values = List.copyOf(values);
    }
  }

  /**
   * The command for an output.
   *
   * @param values empty if the output isn't partitioned by a single column
   */
  public static String of(
      String pipeline,
      Optional<Partition> partition,
      Optional<StoredValues> values,
      Optional<OutputContract> stored) {
    return "penstock run "
        + pipeline
        + partition
            .map(
                wanted ->
                    values
                        .flatMap(v -> interval(v.column(), v.values(), stored))
                        .map(interval -> bounds(wanted, interval))
                        .orElse(" --from FIRST --to END"))
            .orElse("");
  }

  private static String bounds(Partition partition, Interval interval) {
    List<Interval> units = partition.unitsIn(interval);
    return " --from %s --to %s"
        .formatted(
            partition.dateOf(units.get(0).from()),
            partition.dateOf(units.get(units.size() - 1).to()));
  }

  /** From the start of the first unit that is stored to the end of the last. */
  private static Optional<Interval> interval(
      String name, List<String> values, Optional<OutputContract> stored) {
    Optional<PartitionColumn> column = column(name, stored);
    List<UnitDate> dates =
        column.stream()
            .flatMap(known -> values.stream().flatMap(value -> known.dateOf(value).stream()))
            .toList();
    // A range from the values that are understood would leave out the others.
    if (dates.isEmpty() || dates.size() < values.size()) {
      return Optional.empty();
    }
    Partition units =
        new Partition(List.of(column.orElseThrow()), grain(name, dates, stored), ZoneOffset.UTC);
    List<Interval> held =
        values.stream()
            .map(value -> units.unitNamed(column.orElseThrow(), value))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Interval::from))
            .toList();
    return held.size() < values.size()
        ? Optional.empty()
        : Optional.of(new Interval(held.get(0).from(), held.get(held.size() - 1).to()));
  }

  /**
   * The grain of the contract; without one, the longest whose units begin at all of these dates.
   */
  private static Grain grain(String name, List<UnitDate> dates, Optional<OutputContract> stored) {
    Optional<String> stated = stored.map(contract -> contract.partitioning().grain());
    return Stream.of(Partition.monthly(name), Partition.weekly(name))
        .filter(
            units -> stated.map(units.grain().text()::equals).orElseGet(() -> begin(units, dates)))
        .findFirst()
        .orElse(Partition.daily(name))
        .grain();
  }

  private static boolean begin(Partition units, List<UnitDate> dates) {
    return dates.stream().allMatch(date -> units.dateOf(units.unitOf(date).from()).equals(date));
  }

  private static Optional<PartitionColumn> column(String name, Optional<OutputContract> stored) {
    String text =
        stored.stream()
            .flatMap(contract -> contract.partitioning().columns().stream())
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
