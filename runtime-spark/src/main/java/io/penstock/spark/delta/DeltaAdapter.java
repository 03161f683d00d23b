package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaColumnMapping;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.constraints.Constraint;
import org.apache.spark.sql.delta.constraints.Constraints;
import org.apache.spark.sql.delta.schema.DeltaInvariantViolationException;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * All calls into Delta's internal API, for one table.
 *
 * <p>Written against Delta 4.4.0; whatever another release changes is mended here. The caller has
 * made a session active.
 */
final class DeltaAdapter {
  /** The name under which Delta checks that rows lie in the replaced partitions. */
  static final String REPLACED_PARTITIONS = "replaced partitions";

  private final DeltaLog log;

  private DeltaAdapter(DeltaLog log) {
    this.log = log;
  }

  static DeltaAdapter of(SparkSession session, Path table) {
    return new DeltaAdapter(DeltaLog.forTable(session, table));
  }

  /** The table's state at one version; opaque outside this class. */
  record State(Snapshot snapshot) {
    long version() {
      return snapshot.version();
    }

    /** Tells the table from another one at the same path. */
    String tableId() {
      return snapshot.metadata().id();
    }

    StructType schema() {
      return snapshot.metadata().schema();
    }

    List<String> partitionColumns() {
      return ScalaInterop.list(snapshot.metadata().partitionColumns());
    }

    Optional<String> comment() {
      return Optional.ofNullable(snapshot.metadata().description());
    }

    Map<String, String> properties() {
      return Map.copyOf(ScalaInterop.map(snapshot.metadata().configuration()));
    }

    /** The recorded version of every application that published into the table. */
    Map<String, Long> epochs() {
      Map<String, Long> epochs = new LinkedHashMap<>();
      for (SetTransaction recorded : ScalaInterop.list(snapshot.setTransactions())) {
        epochs.put(recorded.appId(), recorded.version());
      }
      return epochs;
    }
  }

  /** A data file; opaque outside this class. */
  record DataFile(AddFile action) {
    static DataFile fromJson(String json) {
      return new DataFile((AddFile) Action.fromJson(json));
    }

    String json() {
      return action.json();
    }

    long bytes() {
      return action.size();
    }

    OptionalLong rows() {
      return ScalaInterop.optional(action.numLogicalRecords())
          .map(rows -> OptionalLong.of((Long) rows))
          .orElseGet(OptionalLong::empty);
    }
  }

  /** A commit in the making, and what it would take out of the table. */
  record Attempt(OptimisticTransaction transaction, List<AddFile> removed) {
    State state() {
      return new State(transaction.snapshot());
    }

    long removedBytes() {
      return removed.stream().mapToLong(AddFile::size).sum();
    }
  }

  Path path() {
    return log.dataPath();
  }

  Configuration hadoopConfiguration() {
    return log.newDeltaHadoopConf();
  }

  /** The latest state; version -1 when there is no table. */
  State latest() {
    return new State(log.update(false, none(), none()));
  }

  /** The rows of one version, whatever happens to the table later; files are found lazily. */
  Dataset<Row> rows(SparkSession session, State state) {
    boolean fixedToThisVersion = true;
    return session.baseRelationToDataFrame(
        log.createRelation(seq(List.of()), some(state.snapshot()), none(), fixedToThisVersion));
  }

  /** The rows of some files, in or out of the table, under the table's column names. */
  Dataset<Row> rows(State state, List<DataFile> files) {
    return log.createDataFrame(state.snapshot(), actions(files), false, none());
  }

  /** The files of some partitions, or of the whole table. */
  List<DataFile> files(State state, Optional<PartitionPredicate> partitions) {
    boolean withRowCounts = true;
    return ScalaInterop.list(
            state.snapshot().filesForScan(filter(partitions), withRowCounts).files())
        .stream()
        .map(DataFile::new)
        .toList();
  }

  /** Where a file lies. */
  Path location(DataFile file) {
    return file.action().absolutePath(log);
  }

  /** A file's partition values by the columns' logical names. */
  Map<String, Optional<String>> partitionValues(State state, DataFile file) {
    Map<String, String> stored = ScalaInterop.map(file.action().partitionValues());
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (String column : state.partitionColumns()) {
      StructField field = state.schema().apply(column);
      values.put(
          column, Optional.ofNullable(stored.get(DeltaColumnMapping.getPhysicalName(field))));
    }
    return values;
  }

  /**
   * Writes a frame's rows into data files that no reader of the table sees.
   *
   * @throws ConstraintViolatedException when a row breaks a rule of the table or lies outside the
   *     partitions
   */
  List<DataFile> write(State state, Dataset<Row> frame, Replacement replacement) {
    OptimisticTransaction transaction = log.startTransaction(none(), some(state.snapshot()));
    List<Constraint> constraints = new ArrayList<>();
    replacement
        .partitions()
        .ifPresent(
            p -> constraints.add(new Constraints.Check(REPLACED_PARTITIONS, p.expression())));
    try {
      return ScalaInterop.list(transaction.writeFiles(frame, none(), seq(constraints))).stream()
          .map(action -> new DataFile((AddFile) action))
          .toList();
    } catch (DeltaInvariantViolationException e) {
      throw DeltaErrors.constraintViolated(
          path(),
          replacement,
          BrokenConstraint.of(e.getErrorClass(), e.getMessageParameters(), state.schema()),
          e);
    }
  }

  /** Starts a commit on the latest state: what is there now in the replaced partitions goes. */
  Attempt begin(Replacement replacement) {
    OptimisticTransaction transaction = log.startTransaction(none(), none());
    return new Attempt(
        transaction,
        ScalaInterop.list(transaction.filterFiles(filter(replacement.partitions()), false)));
  }

  /** The recorded epoch, guarded until the commit: a concurrent change of it is a conflict. */
  OptionalLong guardedEpoch(Attempt attempt, UnitId unit) {
    long version = attempt.transaction().txnVersion(unit.applicationId());
    return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /**
   * Publishes, also when nothing is added or removed: the entry itself says that it happened.
   *
   * @return the version; empty when another writer was in the way
   */
  OptionalLong commit(
      Attempt attempt, List<DataFile> files, Replacement replacement, CommitStamp stamp) {
    List<Action> actions = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (UnitEpoch unit : stamp.units()) {
      actions.add(
          new SetTransaction(unit.unit().applicationId(), unit.epoch(), some((Object) now)));
    }
    files.forEach(file -> actions.add(file.action()));
    attempt.removed().forEach(file -> actions.add(file.remove()));
    registerMetrics(attempt.transaction(), files);
    try {
      return OptionalLong.of(
          attempt.transaction().commit(seq(actions), operation(attempt, replacement, stamp)));
    } catch (DeltaConcurrentModificationException e) {
      return OptionalLong.empty();
    }
  }

  /** The version of the commit with this stamp, among those after a version. */
  OptionalLong findCommit(CommitStamp stamp, long afterVersion) {
    String wanted = stamp.json();
    var changes = CollectionConverters.asJava(log.getChanges(afterVersion + 1, none(), false));
    while (changes.hasNext()) {
      var change = changes.next();
      for (Action action : ScalaInterop.list(change._2())) {
        if (action instanceof CommitInfo info && info.userMetadata().contains(wanted)) {
          return OptionalLong.of((Long) change._1());
        }
      }
    }
    return OptionalLong.empty();
  }

  private DeltaOperations.Operation operation(
      Attempt attempt, Replacement replacement, CommitStamp stamp) {
    Option<Object> no = none();
    Option<String> absent = none();
    Option<String> predicate =
        replacement.partitions().map(p -> some(p.sql())).orElseGet(ScalaInterop::none);
    return new DeltaOperations.Write(
        SaveMode.Overwrite,
        some(seq(attempt.state().partitionColumns())),
        predicate,
        some(stamp.json()),
        no,
        no,
        no,
        absent,
        absent);
  }

  // The table's history shows what the write did; the transaction that wrote the files is not the
  // one that commits them.
  private void registerMetrics(OptimisticTransaction transaction, List<DataFile> files) {
    SparkSession session = SparkSession.active();
    Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put("numFiles", metric(session, files.size()));
    metrics.put("numOutputBytes", metric(session, files.stream().mapToLong(DataFile::bytes).sum()));
    metrics.put(
        "numOutputRows",
        metric(session, files.stream().mapToLong(file -> file.rows().orElse(0)).sum()));
    transaction.registerSQLMetrics(session, ScalaInterop.map(metrics));
  }

  private static SQLMetric metric(SparkSession session, long value) {
    SQLMetric metric = SQLMetrics.createMetric(session.sparkContext(), "");
    metric.set(value);
    return metric;
  }

  private static scala.collection.immutable.Seq<AddFile> actions(List<DataFile> files) {
    return seq(files.stream().map(DataFile::action).toList());
  }

  private static scala.collection.immutable.Seq<Expression> filter(
      Optional<PartitionPredicate> partitions) {
    return seq(partitions.map(PartitionPredicate::expression).stream().toList());
  }
}
