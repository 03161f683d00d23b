package io.penstock.spark.delta;

import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The Delta tables below a root: each opened once, at one version for the whole run. */
public final class PinnedTables {
  private final DeltaTables tables;
  private final LakeRoot root;
  private final Map<LakePath, Optional<PinnedTable>> pinned = new HashMap<>();

  public PinnedTables(DeltaTables tables, LakeRoot root) {
    this.tables = tables;
    this.root = root;
  }

  /** The table at the path; empty when there is none. */
  public Optional<PinnedTable> at(LakePath path) {
    return pinned.computeIfAbsent(path, this::openIfPresent);
  }

  /** The tables as they are by now. */
  DeltaTables latest() {
    return tables;
  }

  /** What keeps the partitions of a table from being replaced. */
  List<WriteObstacle> obstacles(PinnedTable table) {
    return tables.obstacles(table);
  }

  /** The class with which Delta writes the log of the table at the path, be it there or not. */
  String logStore(LakePath path) {
    return tables.logStore(root.resolve(path.text()));
  }

  private Optional<PinnedTable> openIfPresent(LakePath path) {
    Path location = root.resolve(path.text());
    return DamagedTables.opening(
        path,
        () -> tables.exists(location) ? Optional.of(tables.open(location)) : Optional.empty());
  }
}
