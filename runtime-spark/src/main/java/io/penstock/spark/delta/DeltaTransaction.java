package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * A commit to one table that has begun, through Delta's internal API.
 *
 * <p>Written against Delta 4.4.0.
 */
final class DeltaTransaction implements TableLog.Transaction {
  private final SessionScope scope;
  private final DeltaLog log;
  private final PreparedCommit commit;
  private final OptimisticTransaction transaction;
  private final DeltaState state;
  private final List<AddFile> removed;

  /**
   * Begins on the latest state: the files that are now in the replaced partitions are removed. The
   * caller has made a session active.
   */
  DeltaTransaction(SessionScope scope, DeltaLog log, PreparedCommit commit) {
    this.scope = scope;
    this.log = log;
    this.commit = commit;
    this.transaction = log.startTransaction(none(), none());
    this.state = new DeltaState(transaction.snapshot());
    this.removed =
        state.version() < 0
            ? List.of()
            : ScalaInterop.list(
                transaction.filterFiles(
                    DeltaState.filter(commit.replacement().partitions()), false));
  }

  @Override
  public long version() {
    return state.version();
  }

  @Override
  public TableIdentity table() {
    return scope.onLogs(() -> TableIdentity.of(state));
  }

  @Override
  public OptionalLong guardedEpoch(UnitId unit) {
    return scope.onLogs(
        () -> {
          // As Delta's txnVersion does, which would compute the table's whole state, though.
          transaction.readTxn().addOne(unit.applicationId());
          Long version = state.epochs().get(unit.applicationId());
          return version == null ? OptionalLong.empty() : OptionalLong.of(version);
        });
  }

  /** Also adds new columns, changes the description, and creates the table if there is none. */
  @Override
  public OptionalLong commit() {
    return scope.onLogs(
        () -> {
          updateMetadata();
          Seq<Action> actions = actions();
          try {
            return OptionalLong.of(transaction.commit(actions, operation()));
          } catch (DeltaConcurrentModificationException e) {
            return OptionalLong.empty();
          }
        });
  }

  private void updateMetadata() {
    if (state.version() < 0) {
      create();
      return;
    }
    Metadata metadata = metadata();
    if (!metadata.equals(state.metadata())) {
      DeltaWriter.update(log.dataPath(), transaction, metadata);
    }
  }

  /** As planned when the files were written, whatever the defaults of this session are. */
  private void create() {
    boolean ignoreDefaultProperties = true;
    transaction.updateMetadata(
        (Metadata) Action.fromJson(commit.newMetadata().orElseThrow()), ignoreDefaultProperties);
    transaction.updateProtocol((Protocol) Action.fromJson(commit.newProtocol().orElseThrow()));
  }

  /** The table's metadata once the prepared commit is made. */
  private Metadata metadata() {
    TableDescription description = commit.description();
    Map<String, String> properties = new HashMap<>(state.properties());
    properties.putAll(description.properties());
    StructType schema = state.schema();
    List<String> known = List.of(schema.fieldNames());
    for (StructField field : DeltaState.newSchema(commit.newMetadata()).fields()) {
      if (!known.contains(field.name())) {
        schema = schema.add(field);
      }
    }
    return state.metadata(
        description.comment().or(state::comment),
        schema.equals(state.schema()) ? state.metadata().schemaString() : schema.json(),
        properties);
  }

  private Seq<Action> actions() {
    List<Action> actions = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (UnitEpoch unit : commit.stamp().units()) {
      actions.add(
          new SetTransaction(unit.unit().applicationId(), unit.epoch(), some((Object) now)));
    }
    List<DataFile> files = commit.files().stream().map(DataFile::of).toList();
    files.forEach(file -> actions.add(file.action()));
    removed.forEach(file -> actions.add(file.remove()));
    registerMetrics(files);
    return seq(actions);
  }

  private DeltaOperations.Operation operation() {
    Option<Object> no = none();
    Option<String> absent = none();
    Option<String> predicate =
        commit.replacement().partitions().map(p -> some(p.sql())).orElseGet(ScalaInterop::none);
    return new DeltaOperations.Write(
        SaveMode.Overwrite,
        some(transaction.metadata().partitionColumns()),
        predicate,
        some(commit.stamp().json()),
        no,
        no,
        no,
        absent,
        absent);
  }

  // For the table's history: the transaction that wrote the files isn't the one that commits them.
  private void registerMetrics(List<DataFile> files) {
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
}
