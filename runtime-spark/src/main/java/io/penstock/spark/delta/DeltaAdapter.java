package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.spark.sql.FloatPushdown;
import io.penstock.spark.sql.PartitionPredicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaColumnMapping;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DummySnapshot;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionNotFoundException;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.storage.DelegatingLogStore;
import org.apache.spark.sql.delta.storage.LogStore;
import org.apache.spark.sql.delta.storage.LogStoreAdaptor;
import org.apache.spark.sql.functions;

/**
 * What is asked of Delta's internal API for one table.
 *
 * <p>Written against Delta 4.4.0. The caller has made a session active.
 *
 * @param log opaque outside of the classes that know Delta's internal API
 */
record DeltaAdapter(DeltaLog log) {
  /** A table's last publication is seldom further back. */
  private static final int COMMITS_SEARCHED = 100;

  static DeltaAdapter of(SparkSession session, Path table) {
    return new DeltaAdapter(DeltaLog.forTable(session, table));
  }

  /** The class that writes the table's log. */
  String logStore() {
    LogStore store = log.store();
    if (store instanceof DelegatingLogStore byScheme) {
      store = byScheme.getDelegate(log.logPath());
    }
    return store instanceof LogStoreAdaptor adaptor
        ? adaptor.logStoreImpl().getClass().getName()
        : store.getClass().getName();
  }

  Path path() {
    return log.dataPath();
  }

  /** The latest state; version -1 when there is no table. */
  DeltaState latest() {
    return new DeltaState(log.update(false, none(), none()));
  }

  /** The state at a version; empty when that version can't be read any more. */
  private Optional<DeltaState> readable(long version) {
    boolean mustBeRecreatable = true;
    try {
      log.history().checkVersionExists(version, none(), mustBeRecreatable, false);
    } catch (Exception e) {
      // Scala throws it without declaring it.
      if (e instanceof VersionNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(new DeltaState(log.getSnapshotAt(version, none(), none(), false)));
  }

  /** The rows of one version, whatever happens to the table later; files are found lazily. */
  Dataset<Row> rows(SparkSession session, DeltaState state) {
    boolean fixedToThisVersion = true;
    return FloatPushdown.prevent(
        session.baseRelationToDataFrame(
            log.createRelation(
                seq(List.of()), some(state.snapshot()), none(), fixedToThisVersion)));
  }

  /** The rows of some files, in or out of the table, under the table's column names. */
  Dataset<Row> rows(DeltaState state, List<DataFile> files) {
    return FloatPushdown.prevent(
        log.createDataFrame(state.snapshot(), actions(files), false, none()));
  }

  /**
   * The rows of files that are named by Delta's JSON, under the columns of the metadata among it,
   * or of a state.
   */
  Dataset<Row> rowsOf(DeltaState state, List<String> json) {
    DeltaState described = state;
    List<DataFile> files = new ArrayList<>();
    for (String line : json) {
      Action action = Action.fromJson(line);
      if (action instanceof Metadata metadata) {
        described = planned(metadata);
      } else {
        files.add(new DataFile((AddFile) action));
      }
    }
    return rows(described, files);
  }

  /** The state that the table would have with other metadata: good for reading files only. */
  DeltaState planned(Metadata metadata) {
    return new DeltaState(new DummySnapshot(log.logPath(), log, metadata, none(), none()));
  }

  /** The state that the table would have once these are committed. */
  DeltaState planned(Metadata metadata, Protocol protocol) {
    return new DeltaState(new DummySnapshot(log.logPath(), log, metadata, none(), some(protocol)));
  }

  /** The state before the first commit, whether it was made or not. */
  DeltaState unborn() {
    return new DeltaState(new DummySnapshot(log.logPath(), log));
  }

  /** The files of some partitions, or of the whole table. */
  List<DataFile> files(DeltaState state, Optional<PartitionPredicate> partitions) {
    boolean withRowCounts = true;
    return ScalaInterop.list(
            state.snapshot().filesForScan(DeltaState.filter(partitions), withRowCounts).files())
        .stream()
        .map(DataFile::new)
        .toList();
  }

  /** The files that the retained log names: those in the table and those that were removed. */
  Set<Path> named() {
    Set<Path> named = new HashSet<>();
    Snapshot latest = latest().snapshot();
    if (latest.version() < 0) {
      return named;
    }
    Consumer<FileAction> add =
        file -> named.add(StagedFileCheck.location(log.dataPath(), file.path()));
    // One after the other: what the log says of the files takes more memory than their names.
    latest.allFiles().toLocalIterator().forEachRemaining(add);
    latest.tombstones().toLocalIterator().forEachRemaining(add);
    LogChanges changes = new LogChanges(log, 0);
    while (changes.hasNext()) {
      for (Action action : changes.next()) {
        if (action instanceof FileAction file) {
          add.accept(file);
        }
      }
    }
    return named;
  }

  /** Where a file lies. */
  Path location(DataFile file) {
    return file.action().absolutePath(log);
  }

  /** Looks for the commit with this stamp among those after a version. */
  CommitTrace findCommit(CommitStamp stamp, long afterVersion) {
    if (latest().version() < 0) {
      return new CommitTrace(OptionalLong.empty(), true);
    }
    String wanted = stamp.json();
    boolean unread = false;
    LogChanges changes = new LogChanges(log, afterVersion + 1);
    while (changes.hasNext()) {
      for (Action action : changes.next()) {
        if (action instanceof CommitInfo info && info.userMetadata().contains(wanted)) {
          if (isRead(stamp, changes.version())) {
            return new CommitTrace(
                OptionalLong.of(changes.version()), changes.isContiguous() && !unread);
          }
          unread = true;
        }
      }
    }
    boolean whole = !unread && changes.isContiguous() && changes.reaches(latest().version());
    return new CommitTrace(OptionalLong.empty(), whole);
  }

  /** Whether readers of a version see the commit in it. */
  private boolean isRead(CommitStamp stamp, long version) {
    return readable(version)
        .filter(
            state ->
                stamp.units().stream()
                    .allMatch(unit -> state.epochOf(unit.unit()).orElse(-1) == unit.epoch()))
        .isPresent();
  }

  /** What happened after a version, to the table and to what a commit replaces. */
  DeltaHistory history(PreparedCommit commit, long version) {
    return DeltaHistory.of(log, version, commit, latest());
  }

  /** The last commit among the latest ones that a run of Penstock stamped. */
  Optional<String> lastStamp(DeltaState state) {
    Optional<String> last = Optional.empty();
    LogChanges changes = new LogChanges(log, Math.max(0, state.version() - COMMITS_SEARCHED + 1));
    while (changes.hasNext()) {
      for (Action action : changes.next()) {
        if (action instanceof CommitInfo info) {
          Optional<String> stamp =
              ScalaInterop.optional(info.userMetadata()).filter(CommitStamp::isStamp);
          last = stamp.isPresent() ? stamp : last;
        }
      }
    }
    return last;
  }

  /** The values of a partition column that the table's files have; NULL is none. */
  List<String> valuesOf(DeltaState state, String column) {
    Column stored =
        functions
            .col("partitionValues")
            .getItem(DeltaColumnMapping.getPhysicalName(state.schema().apply(column)));
    return state
        .snapshot()
        .allFiles()
        .select(stored.as("value"))
        .where("value IS NOT NULL")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static scala.collection.immutable.Seq<AddFile> actions(List<DataFile> files) {
    return seq(files.stream().map(DataFile::action).toList());
  }
}
