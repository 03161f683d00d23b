package io.penstock.spark.contract;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.UnitDate;
import io.penstock.spec.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command that runs again what an output held. */
public final class RebuildCommand {
  private RebuildCommand() {}

  /**
   * What an output holds of the column by which it is divided.
   *
   * @param values as texts
   */
  public record Held(String column, List<String> values) {
    public Held {
      values = List.copyOf(values);
    }
  }

  /**
   * For an output whose units tell from when to when.
   *
   * @param held empty where it isn't divided by a single column
   */
  public static String of(
      String pipeline,
      Optional<Partition> partition,
      Optional<Held> held,
      Optional<OutputContract> stored) {
    return held.map(h -> of(pipeline, partition, h.column(), h.values(), stored))
        .orElseGet(() -> unknown(pipeline, partition));
  }

  private static String of(
      String pipeline,
      Optional<Partition> partition,
      String column,
      List<String> values,
      Optional<OutputContract> stored) {
    return partition
        .flatMap(
            wanted ->
                held(column, values, stored)
                    .map(held -> "penstock run " + pipeline + bounds(wanted, held)))
        .orElseGet(() -> unknown(pipeline, partition));
  }

  /** For an output of which nobody says what it holds. */
  private static String unknown(String pipeline, Optional<Partition> partition) {
    return "penstock run " + pipeline + (partition.isPresent() ? " --from FIRST --to END" : "");
  }

  private static String bounds(Partition partition, Interval held) {
    List<Interval> units = partition.unitsIn(held);
    return " --from %s --to %s"
        .formatted(
            partition.dateOf(units.get(0).from()),
            partition.dateOf(units.get(units.size() - 1).to()));
  }

  /** From the start of the first unit that is stored to the end of the last. */
  private static Optional<Interval> held(
      String name, List<String> values, Optional<OutputContract> stored) {
    List<UnitDate> starts =
        column(name, stored).stream()
            .flatMap(column -> values.stream().flatMap(value -> column.dateOf(value).stream()))
            .sorted()
            .toList();
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    Partition units = units(name, starts, stored);
    return Optional.of(
        new Interval(
            units.unitOf(starts.get(0)).from(), units.unitOf(starts.get(starts.size() - 1)).to()));
  }

  /** As the contract has them; without one, the longest that begin at all of these dates. */
  private static Partition units(
      String name, List<UnitDate> starts, Optional<OutputContract> stored) {
    Optional<String> stated = stored.map(contract -> contract.division().grain());
    return Stream.of(Partition.monthly(name), Partition.weekly(name))
        .filter(
            units -> stated.map(units.grain().text()::equals).orElseGet(() -> begin(units, starts)))
        .findFirst()
        .orElse(Partition.daily(name));
  }

  private static boolean begin(Partition units, List<UnitDate> dates) {
    return dates.stream().allMatch(date -> units.dateOf(units.unitOf(date).from()).equals(date));
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
