package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.RemoveFile;

/**
 * What happened to a table after a version, as its log tells it.
 *
 * <p>Written against Delta 4.4.0, like {@link DeltaAdapter}. The caller has made a session active.
 */
final class DeltaHistory {
  private final DeltaLog log;
  private final long after;
  private boolean restored;
  private boolean changed;
  private boolean whole = true;

  private DeltaHistory(DeltaLog log, long after) {
    this.log = log;
    this.after = after;
  }

  /**
   * Reads the log after a version.
   *
   * @param now the latest state
   */
  static DeltaHistory of(DeltaLog log, long after, PreparedCommit commit, DeltaState now) {
    DeltaHistory history = new DeltaHistory(log, after);
    String then = commit.table().id();
    if (now.version() < after || !(commit.isFirst() || then.equals(now.tableId()))) {
      // A table that was dropped, or created anew at the same path, has no history of the old one.
      history.whole = false;
    } else if (now.version() >= 0) {
      history.read(commit.replacement().partitions(), now);
    }
    return history;
  }

  /** Whether somebody has restored an older version. */
  boolean isRestored() {
    return restored;
  }

  /** What happened to the units that the commit replaces. */
  UnitHistory ofUnits() {
    if (!whole) {
      return UnitHistory.UNKNOWN;
    }
    return changed ? UnitHistory.CHANGED : UnitHistory.UNCHANGED;
  }

  private void read(Optional<PartitionPredicate> units, DeltaState now) {
    LogChanges changes = new LogChanges(log, after + 1);
    while (changes.hasNext()) {
      for (Action action : changes.next()) {
        restored |= action instanceof CommitInfo info && info.operation().equals("RESTORE");
        changed |= changes(action, units, now);
      }
    }
    whole = changes.reaches(now.version());
  }

  private static boolean changes(
      Action action, Optional<PartitionPredicate> units, DeltaState now) {
    if (action instanceof AddFile added) {
      return added.dataChange() && isWithin(units, added.partitionValues(), now);
    }
    return action instanceof RemoveFile removed
        && removed.dataChange()
        && isWithin(units, removed.partitionValues(), now);
  }

  private static boolean isWithin(
      Optional<PartitionPredicate> units,
      scala.collection.immutable.Map<String, String> stored,
      DeltaState now) {
    // The log need not hold the partition of a removed file: then it may be any.
    if (units.isEmpty() || stored == null) {
      return true;
    }
    Map<String, Optional<String>> values = DataFile.partitionValues(now.metadata(), stored);
    List<List<PartitionValue>> asked = units.get().units();
    return PartitionText.missing(asked, List.of(values)).size() < asked.size();
  }
}
