package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.Optional;

/**
 * What a commit replaces of a table, as the journal holds it, too. The rows are computed from
 * inputs alone, so that they replace whatever is there when the commit is made.
 *
 * @param partitions whose files the commit removes; empty for those of the whole table
 */
public record Replacement(Optional<PartitionPredicate> partitions) {
  public static Replacement of(PartitionPredicate units) {
    return new Replacement(Optional.of(units));
  }

  public static Replacement wholeTable() {
    return new Replacement(Optional.empty());
  }

  @Override
  public String toString() {
    return partitions.map(PartitionPredicate::sql).orElse("the whole table");
  }
}
