package io.penstock.spark.contract;

import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import java.util.List;
import java.util.Optional;

/** Compares the partition values that a table holds with the units of a partition. */
public final class StoredUnits {
  private StoredUnits() {}

  /**
   * A stored value of a column that is the start of no unit: rows under it belong to another
   * division. A NULL is none, and what can't be told counts as fitting.
   */
  public static Optional<String> strange(
      Partition partition, PartitionColumn column, List<String> stored) {
    return stored.stream().filter(text -> !isStart(partition, column, text)).sorted().findFirst();
  }

  private static boolean isStart(Partition partition, PartitionColumn column, String stored) {
    return column.dateOf(stored).isPresent()
        ? partition.unitNamed(column, stored).isPresent()
        : column.format().isEmpty() || column.hasForm(stored);
  }
}
