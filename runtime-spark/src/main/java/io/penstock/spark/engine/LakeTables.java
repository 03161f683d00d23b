package io.penstock.spark.engine;

import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Delta tables of a lake as they are now. */
final class LakeTables {
  private final LakeRoot root;
  private final DeltaTables tables;

  LakeTables(LakeRoot root, DeltaTables tables) {
    this.root = root;
    this.tables = tables;
  }

  /** As {@link io.penstock.engine.Lake#isPresent}. */
  boolean isPresent(LakePath table) {
    return opening(table, () -> exists(table) && tables.open(location(table)).present());
  }

  /** As {@link io.penstock.engine.Lake#missingUnits}. */
  List<Interval> missing(LakePath table, Partition partition, List<Interval> units) {
    return opening(table, () -> exists(table))
        ? tables.open(location(table)).missing(partition, units)
        : List.copyOf(units);
  }

  /** The rows of a table; empty when there is none at a path. */
  Optional<Dataset<Row>> rows(LakePath table) {
    return opening(
        table,
        () -> exists(table) ? Optional.of(tables.open(location(table)).rows()) : Optional.empty());
  }

  private boolean exists(LakePath table) {
    return tables.exists(location(table));
  }

  private Path location(LakePath table) {
    return root.resolve(table.text());
  }

  private static <T> T opening(LakePath table, Supplier<T> open) {
    return DamagedTables.opening(table, open);
  }
}
