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

  private static boolean isStart(Partition partition, PartitionColumn column, String stored) {
    return column.dateOf(stored).isPresent()
        ? partition.unitNamed(column, stored).isPresent()
        : column.format().isEmpty() || column.hasForm(stored);
  }
}
