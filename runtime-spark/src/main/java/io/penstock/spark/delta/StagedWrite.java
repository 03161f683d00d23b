package io.penstock.spark.delta;

import io.penstock.spark.delta.DeltaAdapter.DataFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows written for a table and not yet part of it.
 *
 * <p>Nobody sees them but who asks this object, until {@link DeltaTables#commit} publishes them.
 */
public final class StagedWrite {
  private final SessionScope scope;
  private final PinnedTable table;
  private final DeltaAdapter.State target;
  private final Replacement replacement;
  private final List<DataFile> dataFiles;
  private final AtomicBoolean aborted = new AtomicBoolean();

  StagedWrite(
      SessionScope scope,
      PinnedTable table,
      DeltaAdapter.State target,
      Replacement replacement,
      List<DataFile> dataFiles) {
    this.scope = scope;
    this.table = table;
    this.target = target;
    this.replacement = replacement;
    this.dataFiles = List.copyOf(dataFiles);
  }

  public Path path() {
    return table.path();
  }

  /** The table as it was when the rows were written. */
  public PinnedTable table() {
    return table;
  }

  public Replacement replacement() {
    return replacement;
  }

  public List<StagedFile> files() {
    return dataFiles.stream()
        .map(
            file ->
                new StagedFile(
                    table.adapter().location(file),
                    file.bytes(),
                    rows(file),
                    table.adapter().partitionValues(table.state(), file)))
        .toList();
  }

  /** How many rows were written, counted while writing. */
  public long rows() {
    return dataFiles.stream().mapToLong(this::rows).sum();
  }

  public long bytes() {
    return dataFiles.stream().mapToLong(DataFile::bytes).sum();
  }

  /** The staged rows, under the table's column names, with those that it is about to get. */
  public Dataset<Row> written() {
    return scope.call(() -> table.adapter().rows(target, dataFiles));
  }

  /**
   * The staged files, with the table's new columns if it gets some, as Delta's own JSON, for {@link
   * DeltaTables#readStaged} in another process.
   */
  public List<String> actionsAsJson() {
    Stream<String> metadata =
        target.equals(table.state()) ? Stream.empty() : Stream.of(target.metadata().json());
    return Stream.concat(metadata, dataFiles.stream().map(DataFile::json)).toList();
  }

  /** The table's state with the new columns that the files have; its own when there are none. */
  DeltaAdapter.State target() {
    return target;
  }

  void abort() {
    aborted.set(true);
  }

  void requireNotAborted() {
    if (aborted.get()) {
      throw DeltaErrors.aborted(path());
    }
  }

  List<DataFile> dataFiles() {
    return dataFiles;
  }

  private long rows(DataFile file) {
    return file.rows().orElseThrow(() -> DeltaErrors.uncounted(path()));
  }
}
