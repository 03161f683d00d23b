package io.penstock.spark.delta;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table made here asks of its readers: nothing. Every reader of Delta knows version 1, and
 * what it doesn't know of a later one some read wrong without a word.
 *
 * <p>Written against Delta 4.4.0. The caller has made a session active.
 */
final class NewTableProtocol {
  private static final int READER_VERSION = 1;

  private NewTableProtocol() {}

  /** What readers of a new table with this column would have to know, by Delta's own rule. */
  static Optional<String> readersNeed(SparkSession session, StructField column) {
    Metadata onlyThis =
        new Metadata(
            "",
            null,
            null,
            new Format("parquet", ScalaInterop.map(Map.of())),
            new StructType().add(column).asNullable().json(),
            ScalaInterop.seq(List.of()),
            ScalaInterop.map(Map.of()),
            ScalaInterop.none());
    return readersNeed(Protocol.forNewTable(session, ScalaInterop.some(onlyThis)));
  }

  /** Refuses a table that some readers couldn't read, or would read wrong. */
  static void require(Path table, Protocol protocol) {
    readersNeed(protocol)
        .ifPresent(
            features -> {
              throw DeltaErrors.readersLockedOut(table, features);
            });
  }

  private static Optional<String> readersNeed(Protocol protocol) {
    if (protocol.minReaderVersion() == READER_VERSION) {
      return Optional.empty();
    }
    List<String> features =
        ScalaInterop.set(protocol.readerFeatureNames()).stream().sorted().toList();
    return Optional.of(
        features.isEmpty()
            ? "reader version " + protocol.minReaderVersion()
            : String.join(", ", features));
  }
}
