package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.sql.PartitionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaTableFeatureException;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.constraints.Constraint;
import org.apache.spark.sql.delta.constraints.Constraints;
import org.apache.spark.sql.delta.schema.DeltaInvariantViolationException;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes data files that no reader of a table sees yet, through Delta's internal API.
 *
 * <p>Written against Delta 4.4.0. The caller has made a session active.
 */
record DeltaWriter(DeltaLog log) {
  /** The name under which Delta checks that rows lie in the replaced partitions. */
  static final String REPLACED_PARTITIONS = "replaced partitions";

  /**
   * Written files.
   *
   * @param metadata the table's when they are committed
   * @param protocol the table's then
   */
  record Written(Metadata metadata, Protocol protocol, List<DataFile> files) {}

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
      update(log.dataPath(), transaction, withColumns(state, newColumns));
    }
    return write(transaction, frame, replacement);
  }

  /** Like {@link #write}, for a table that the commit creates with the session's defaults. */
  Written writeFirst(
      DeltaState unborn, TableDefinition definition, Dataset<Row> frame, Replacement replacement) {
    OptimisticTransaction transaction = log.startTransaction(none(), some(unborn.snapshot()));
    update(log.dataPath(), transaction, defined(definition));
    NewTableProtocol.require(log.dataPath(), transaction.protocol());
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

  /** The replaced units that got no file; the whole table is a unit without values. */
  private static List<List<PartitionValue>> withoutRows(
      Metadata metadata, Replacement replacement, List<DataFile> files) {
    if (replacement.partitions().isEmpty()) {
      return files.isEmpty() ? List.of(List.of()) : List.of();
    }
    List<Map<String, Optional<String>>> stored =
        files.stream().map(file -> file.partitionValues(metadata)).distinct().toList();
    return PartitionText.missing(replacement.partitions().get().units(), stored);
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

  private static Metadata withColumns(DeltaState state, List<StructField> columns) {
    StructType schema = state.schema();
    for (StructField column : columns) {
      schema = schema.add(Schemas.nullable(column));
    }
    return state.metadata(state.comment(), schema.json(), state.properties());
  }

  /** Gives the table other metadata with the transaction's commit. */
  static void update(Path table, OptimisticTransaction transaction, Metadata metadata) {
    boolean ignoreDefaultProperties = false;
    try {
      transaction.updateMetadata(metadata, ignoreDefaultProperties);
    } catch (DeltaTableFeatureException e) {
      String features = e.getMessageParameters().get("unsupportedFeatures");
      if (features == null) {
        throw e;
      }
      throw DeltaErrors.featureMissing(table, List.of(features.split(", ")));
    }
  }
}
