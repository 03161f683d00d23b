package io.penstock.spark.contract;

import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import java.util.List;
import java.util.Optional;

/** Compares the partition values that a table holds with the units of a partition. */
public final class StoredUnits {
  private StoredUnits() {}

  /**
   * A stored value of a column at which no unit starts: its rows belong to another partitioning.
   * NULL is not such a value, nor is a value whose date can't be determined.
   */
  public static Optional<String> firstMisfit(
      Partition partition, PartitionColumn column, List<String> stored) {
    return stored.stream().filter(text -> !isStart(partition, column, text)).sorted().findFirst();
  }

  /** The date at which the unit of a stored value starts; empty if it can't be determined. */
  public static Optional<LocalDate> date(PartitionColumn column, String stored) {
    try {
      if (column.format().isEmpty()) {
        return Optional.of(LocalDate.parse(stored));
      }
      TemporalAccessor parsed =
          DateTimeFormatter.ofPattern(column.format().get(), Locale.ROOT).parse(stored);
      if (parsed.isSupported(ChronoField.EPOCH_DAY)) {
        return Optional.of(LocalDate.from(parsed));
      }
      return parsed.isSupported(ChronoField.YEAR) && parsed.isSupported(ChronoField.MONTH_OF_YEAR)
          ? Optional.of(
              LocalDate.of(parsed.get(ChronoField.YEAR), parsed.get(ChronoField.MONTH_OF_YEAR), 1))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isStart(Partition partition, PartitionColumn column, String stored) {
    Optional<LocalDate> date = date(column, stored);
    if (date.isEmpty()) {
      return column.format().isEmpty() || hasFormat(column.format().get(), stored);
    }
    Interval unit = partition.unitOf(date.get());
    List<TypedValue> start = partition.valuesOf(unit);
    return start.get(partition.columns().indexOf(column)).text().equals(stored);
  }

  private static boolean hasFormat(String pattern, String stored) {
    try {
      DateTimeFormatter.ofPattern(pattern, Locale.ROOT).parse(stored);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
