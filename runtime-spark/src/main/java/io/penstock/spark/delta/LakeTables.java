package io.penstock.spark.delta;

import io.penstock.engine.CurrentTable;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Delta tables of a lake as they are now. */
public record LakeTables(LakeRoot root, DeltaTables tables) {
  /** As {@link io.penstock.engine.Lake#isPresent}. */
  public boolean isPresent(LakePath table) {
    return of(table, PinnedTable::present).orElse(false);
  }

  /** As {@link io.penstock.engine.Lake#missingUnits}. */
  public List<Interval> missing(LakePath table, Partition partition, List<Interval> units) {
    return now(table)
        .map(found -> found.missing(partition, units))
        .orElseGet(() -> List.copyOf(units));
  }

  /** The rows of a table; empty when there is none at a path. */
  public Optional<Dataset<Row>> rows(LakePath table) {
    return of(table, PinnedTable::rows);
  }

  /** The table as other programs find it; empty when there is none at a path. */
  public Optional<CurrentTable> current(LakePath table) {
    return of(table, found -> new CurrentTable(found.path().toString(), found.readerLimits()));
  }

  private <T> Optional<T> of(LakePath table, Function<PinnedTable, T> question) {
    return DamagedTables.opening(table, () -> now(table).map(question));
  }

  private Optional<PinnedTable> now(LakePath table) {
    return new PinnedTables(tables, root).at(table);
  }
}
