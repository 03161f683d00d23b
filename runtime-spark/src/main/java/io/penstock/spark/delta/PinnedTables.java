package io.penstock.spark.delta;

import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

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

  /** The tables at their latest versions. */
  DeltaTables latest() {
    return tables;
  }

  /** As {@link DeltaTables#obstacles}. */
  List<WriteObstacle> obstacles(PinnedTable table) {
    return tables.obstacles(table);
  }

  /** As {@link DeltaTables#unstorable}. */
  List<UnstorableColumn> unstorable(StructType frame, Optional<PinnedTable> table) {
    return tables.unstorable(frame, table);
  }

  /** As {@link DeltaTables#logStore}. */
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
