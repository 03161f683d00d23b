package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.seq;

import io.penstock.engine.ReaderLimit;
import io.penstock.spark.sql.PartitionPredicate;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.types.StructType;

/**
 * A table's state at one version; opaque outside of the classes that know Delta's internal API.
 *
 * <p>Written against Delta 4.4.0.
 */
record DeltaState(Snapshot snapshot) {
  long version() {
    return snapshot.version();
  }

  Metadata metadata() {
    return snapshot.metadata();
  }

  /** Its metadata with another comment, schema and properties; the table's id stays. */
  Metadata metadata(Optional<String> comment, String schema, Map<String, String> properties) {
    Metadata now = metadata();
    // In Scala these would be named arguments.
    return now.copy(
        now.id(),
        now.name(),
        comment.orElse(null),
        now.format(),
        schema,
        now.partitionColumns(),
        ScalaInterop.map(properties),
        now.createdTime());
  }

  /** Tells the table from another one at the same path. */
  String tableId() {
    return metadata().id();
  }

  /** What readers and writers of the table have to know, as Delta's JSON. */
  String protocol() {
    return snapshot.protocol().json();
  }

  /** Whether the table has files: by the version's checksum file, or by the log without one. */
  boolean hasFiles() {
    return ScalaInterop.optional(snapshot.numOfFilesIfKnown())
        .map(known -> (Long) known > 0)
        .orElseGet(() -> !snapshot.allFiles().isEmpty());
  }

  /** What other programs do with the table on account of its features and types. */
  List<ReaderLimit> readerLimits() {
    Protocol protocol = snapshot.protocol();
    return ReaderLimits.of(
        protocol.minReaderVersion(),
        ScalaInterop.set(protocol.readerFeatureNames()),
        properties(),
        schema());
  }

  StructType schema() {
    return metadata().schema();
  }

  List<String> partitionColumns() {
    return ScalaInterop.list(metadata().partitionColumns());
  }

  Optional<String> comment() {
    return Optional.ofNullable(metadata().description());
  }

  Map<String, String> properties() {
    return Map.copyOf(ScalaInterop.map(metadata().configuration()));
  }

  /** How long the recorded versions of applications are kept; empty when for ever. */
  Optional<Duration> attemptMemory() {
    return ScalaInterop.optional(DeltaLog.minSetTransactionRetentionInterval(metadata()))
        .map(milliseconds -> Duration.ofMillis((Long) milliseconds));
  }

  /**
   * The recorded version of every application that published into the table: from the version's
   * checksum file, which is read already, or from the whole log where that file lacks it.
   */
  Map<String, Long> epochs() {
    Map<String, Long> epochs = new LinkedHashMap<>();
    for (SetTransaction recorded : transactions()) {
      epochs.put(recorded.appId(), recorded.version());
    }
    return epochs;
  }

  /** The attempt that published a unit last; empty when none did. */
  OptionalLong epochOf(UnitId unit) {
    Long epoch = version() < 0 ? null : epochs().get(unit.applicationId());
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  /** What was published last by a run of Penstock, as far as the table remembers. */
  Optional<UnitId> lastPublished() {
    return transactions().stream()
        .filter(recorded -> UnitId.parse(recorded.appId()).isPresent())
        .max(
            Comparator.comparingLong(
                recorded ->
                    (Long) ScalaInterop.optional(recorded.lastUpdated()).orElse(Long.MIN_VALUE)))
        .flatMap(recorded -> UnitId.parse(recorded.appId()));
  }

  private List<SetTransaction> transactions() {
    return ScalaInterop.optional(snapshot.checksumOpt())
        .flatMap(checksum -> ScalaInterop.optional(checksum.setTransactions()))
        .map(ScalaInterop::list)
        .orElseGet(() -> ScalaInterop.list(snapshot.setTransactions()));
  }

  /** The columns that a table's metadata, as Delta's JSON, gives it; none without metadata. */
  static StructType newSchema(Optional<String> metadata) {
    return metadata
        .map(json -> ((Metadata) Action.fromJson(json)).schema())
        .orElseGet(StructType::new);
  }

  static scala.collection.immutable.Seq<Expression> filter(
      Optional<PartitionPredicate> partitions) {
    return seq(partitions.map(PartitionPredicate::expression).stream().toList());
  }
}
