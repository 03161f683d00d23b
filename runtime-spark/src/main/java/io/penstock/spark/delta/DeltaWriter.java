package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.sql.PartitionValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaTableFeatureException;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.constraints.Constraint;
import org.apache.spark.sql.delta.constraints.Constraints;
import org.apache.spark.sql.delta.schema.DeltaInvariantViolationException;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * What is done to one table through Delta's internal API: files that nobody sees, and commits.
 *
 * <p>Written against Delta 4.4.0. The caller has made a session active.
 */
final class DeltaWriter {
  /** The name under which Delta checks that rows lie in the replaced partitions. */
  static final String REPLACED_PARTITIONS = "replaced partitions";

  private final DeltaLog log;

  DeltaWriter(DeltaLog log) {
    this.log = log;
  }

  /**
   * Written files.
   *
   * @param metadata what the table has to say of itself when they are committed
   * @param protocol what its readers and writers have to know then
   */
  record Written(Metadata metadata, Protocol protocol, List<DataFile> files) {}

  /** A commit in the making, and what it would take out of the table. */
  record OpenTransaction(OptimisticTransaction transaction, List<AddFile> removed) {
    DeltaState state() {
      return new DeltaState(transaction.snapshot());
    }

    long removedBytes() {
      return removed.stream().mapToLong(AddFile::size).sum();
    }
  }

  /**
   * Writes a frame's rows into data files that no reader of the table sees; for each unit without
   * rows, one that holds none.
   *
   * @param newColumns columns of the frame that the table gets with the commit
   * @throws RunFailedException when a row breaks a rule of the table or lies outside the partitions
   */
  Written write(
      DeltaState state, Dataset<Row> frame, Replacement replacement, List<StructField> newColumns) {
    OptimisticTransaction transaction = log.startTransaction(none(), some(state.snapshot()));
    if (!newColumns.isEmpty()) {
      update(transaction, withColumns(state, newColumns));
    }
    return write(transaction, frame, replacement);
  }

  /** Does the same for a table that the commit makes, with the session's defaults for new ones. */
  Written writeFirst(
      DeltaState unborn, TableDefinition definition, Dataset<Row> frame, Replacement replacement) {
    OptimisticTransaction transaction = log.startTransaction(none(), some(unborn.snapshot()));
    update(transaction, defined(definition));
    return write(transaction, frame, replacement);
  }

  private Written write(
      OptimisticTransaction transaction, Dataset<Row> frame, Replacement replacement) {
    List<Constraint> constraints = new ArrayList<>();
    replacement
        .partitions()
        .ifPresent(
            p -> constraints.add(new Constraints.Check(REPLACED_PARTITIONS, p.expression())));
    List<DataFile> files = new ArrayList<>();
    try {
      ScalaInterop.list(transaction.writeFiles(frame, none(), seq(constraints)))
          .forEach(action -> files.add(new DataFile((AddFile) action)));
    } catch (DeltaInvariantViolationException e) {
      throw DeltaErrors.constraintViolated(
          log.dataPath(),
          replacement,
          BrokenConstraint.of(
              e.getErrorClass(), e.getMessageParameters(), transaction.metadata().schema()),
          e);
    }
    EmptyFiles empty = new EmptyFiles(log, transaction);
    withoutRows(transaction.metadata(), replacement, files)
        .forEach(unit -> files.add(empty.write(unit)));
    return new Written(transaction.metadata(), transaction.protocol(), files);
  }

  /** The units that are replaced and got no file; the whole table is one without values. */
  private static List<List<PartitionValue>> withoutRows(
      Metadata metadata, Replacement replacement, List<DataFile> files) {
    if (replacement.partitions().isEmpty()) {
      return files.isEmpty() ? List.of(List.of()) : List.of();
    }
    List<Map<String, Optional<String>>> stored =
        files.stream().map(file -> file.partitionValues(metadata)).distinct().toList();
    return PartitionText.missing(replacement.partitions().get().units(), stored);
  }

  /** Starts a commit on the latest state: what is there now in the replaced partitions goes. */
  OpenTransaction begin(Replacement replacement) {
    OptimisticTransaction transaction = log.startTransaction(none(), none());
    List<AddFile> removed =
        transaction.snapshot().version() < 0
            ? List.of()
            : ScalaInterop.list(
                transaction.filterFiles(DeltaState.filter(replacement.partitions()), false));
    return new OpenTransaction(transaction, removed);
  }

  /** The recorded epoch, guarded until the commit: a concurrent change of it is a conflict. */
  OptionalLong guardedEpoch(OpenTransaction open, UnitId unit) {
    // What Delta's own question for it does, save that it would compute the table's whole state.
    open.transaction().readTxn().addOne(unit.applicationId());
    Long version = open.state().epochs().get(unit.applicationId());
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /**
   * Publishes, also when nothing is added or removed: the entry itself says that it happened. New
   * columns and another description are in the same commit, and the table itself, if there is none.
   *
   * @return the version; empty when another writer was in the way
   */
  OptionalLong commit(OpenTransaction open, PreparedCommit commit) {
    if (open.state().version() < 0) {
      create(open.transaction(), commit);
    } else {
      Metadata metadata = metadata(open.state(), commit);
      if (!metadata.equals(open.state().metadata())) {
        update(open.transaction(), metadata);
      }
    }
    List<Action> actions = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (UnitEpoch unit : commit.stamp().units()) {
      actions.add(
          new SetTransaction(unit.unit().applicationId(), unit.epoch(), some((Object) now)));
    }
    List<DataFile> files = commit.files().stream().map(DataFile::of).toList();
    files.forEach(file -> actions.add(file.action()));
    open.removed().forEach(file -> actions.add(file.remove()));
    registerMetrics(open.transaction(), files);
    try {
      return OptionalLong.of(
          open.transaction()
              .commit(seq(actions), operation(open, commit.replacement(), commit.stamp())));
    } catch (DeltaConcurrentModificationException e) {
      return OptionalLong.empty();
    }
  }

  /** As it was planned when the files were written, whatever this session would make of it. */
  private static void create(OptimisticTransaction transaction, PreparedCommit commit) {
    boolean ignoreDefaultProperties = true;
    transaction.updateMetadata(
        (Metadata) Action.fromJson(commit.newMetadata().orElseThrow()), ignoreDefaultProperties);
    transaction.updateProtocol((Protocol) Action.fromJson(commit.newProtocol().orElseThrow()));
  }

  private static Metadata defined(TableDefinition definition) {
    TableDescription description = definition.description();
    return new Metadata(
        UUID.randomUUID().toString(),
        null,
        description.comment().orElse(null),
        new Format("parquet", ScalaInterop.map(Map.of())),
        definition.schema().json(),
        seq(definition.partitionColumns()),
        ScalaInterop.map(description.properties()),
        some((Object) System.currentTimeMillis()));
  }

  /** What the table says of itself once a prepared commit is part of it. */
  private static Metadata metadata(DeltaState now, PreparedCommit commit) {
    TableDescription description = commit.description();
    Map<String, String> properties = new HashMap<>(now.properties());
    properties.putAll(description.properties());
    StructType schema = now.schema();
    List<String> known = List.of(schema.fieldNames());
    for (StructField field : DeltaState.newSchema(commit.newMetadata()).fields()) {
      if (!known.contains(field.name())) {
        schema = schema.add(field);
      }
    }
    return copy(
        now.metadata(),
        description.comment().or(now::comment),
        schema.equals(now.schema()) ? now.metadata().schemaString() : schema.json(),
        properties);
  }

  private static Metadata withColumns(DeltaState state, List<StructField> columns) {
    StructType schema = state.schema();
    for (StructField column : columns) {
      schema = schema.add(Schemas.nullable(column));
    }
    return copy(state.metadata(), state.comment(), schema.json(), state.properties());
  }

  // What Scala does with named arguments: the table's identity stays, the rest is given.
  private static Metadata copy(
      Metadata of, Optional<String> comment, String schema, Map<String, String> properties) {
    return of.copy(
        of.id(),
        of.name(),
        comment.orElse(null),
        of.format(),
        schema,
        of.partitionColumns(),
        ScalaInterop.map(properties),
        of.createdTime());
  }

  private void update(OptimisticTransaction transaction, Metadata metadata) {
    boolean ignoreDefaultProperties = false;
    try {
      transaction.updateMetadata(metadata, ignoreDefaultProperties);
    } catch (DeltaTableFeatureException e) {
      String features = e.getMessageParameters().get("unsupportedFeatures");
      if (features == null) {
        throw e;
      }
      throw DeltaErrors.featureMissing(log.dataPath(), List.of(features.split(", ")));
    }
  }

  private DeltaOperations.Operation operation(
      OpenTransaction open, Replacement replacement, CommitStamp stamp) {
    Option<Object> no = none();
    Option<String> absent = none();
    Option<String> predicate =
        replacement.partitions().map(p -> some(p.sql())).orElseGet(ScalaInterop::none);
    return new DeltaOperations.Write(
        SaveMode.Overwrite,
        some(open.transaction().metadata().partitionColumns()),
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
}
