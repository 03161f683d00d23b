package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;

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
import scala.jdk.javaapi.CollectionConverters;

/**
 * What happened to a table behind a version, as its log tells it.
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
   * Reads the log behind a version.
   *
   * @param now the latest state
   */
  static DeltaHistory of(DeltaLog log, long after, PreparedCommit commit, DeltaState now) {
    DeltaHistory history = new DeltaHistory(log, after);
    String then = commit.table().id();
    if (now.version() < after || !(commit.isFirst() || then.equals(now.tableId()))) {
      // Of a table that was dropped, or made anew at its place, there is no history.
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
    long expected = after + 1;
    var changes = CollectionConverters.asJava(log.getChanges(expected, none(), false));
    while (changes.hasNext()) {
      var change = changes.next();
      long version = (Long) change._1();
      whole &= version == expected;
      expected = version + 1;
      for (Action action : ScalaInterop.list(change._2())) {
        restored |= action instanceof CommitInfo info && info.operation().equals("RESTORE");
        changed |= changes(action, units, now);
      }
    }
    whole &= expected > now.version();
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
    // The log doesn't have to say where a removed file lay: then it may have been anywhere.
    if (units.isEmpty() || stored == null) {
      return true;
    }
    Map<String, Optional<String>> values = now.partitionValues(stored);
    List<List<PartitionValue>> asked = units.get().units();
    return PartitionText.missing(asked, List.of(values)).size() < asked.size();
  }
}
