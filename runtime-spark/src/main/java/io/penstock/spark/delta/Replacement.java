package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.Optional;

/**
 * What a write replaces.
 *
 * @param partitions the partitions; absent for the whole table
 */
public record Replacement(Optional<PartitionPredicate> partitions) {
  public static Replacement of(PartitionPredicate partitions) {
    return new Replacement(Optional.of(partitions));
  }

  public static Replacement wholeTable() {
    return new Replacement(Optional.empty());
  }

  @Override
  public String toString() {
    return partitions.map(PartitionPredicate::sql).orElse("the whole table");
  }
}
