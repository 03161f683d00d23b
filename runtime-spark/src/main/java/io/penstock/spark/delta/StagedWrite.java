package io.penstock.spark.delta;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows written for a table and not yet part of it.
 *
 * <p>Only this object reads them, until a {@link PreparedCommit} publishes them.
 *
 * @param read the table as it was when the rows were written
 * @param target the table as it is to be
 */
record StagedWrite(
    SessionScope scope,
    DeltaAdapter adapter,
    DeltaState read,
    DeltaState target,
    Replacement replacement,
    List<DataFile> dataFiles) {
  StagedWrite {
    dataFiles = List.copyOf(dataFiles);
  }

  public Path path() {
    return adapter.path();
  }

  /** How many files were written. */
  public int files() {
    return dataFiles.size();
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
    return scope.call(() -> adapter.rows(target, dataFiles));
  }

  /**
   * The staged files, with the table's metadata where it is new, as Delta's own JSON, for {@link
   * DeltaTables#readStaged} in another process.
   */
  public List<String> actionsAsJson() {
    return Stream.concat(newMetadata().stream(), dataFiles.stream().map(DataFile::json)).toList();
  }

  /**
   * Prepares the commit that publishes these rows, so that any process can make it.
   *
   * @param description set in the same commit, where the table has another
   */
  public PreparedCommit prepared(CommitStamp stamp, TableDescription description) {
    return new PreparedCommit(
        read.version(),
        TableIdentity.described(read.version() < 0 ? target : read),
        Schemas.storage(target.schema()),
        newMetadata(),
        read.version() < 0 ? Optional.of(target.protocol()) : Optional.empty(),
        replacement,
        dataFiles.stream().map(DataFile::json).toList(),
        stamp,
        description);
  }

  private Optional<String> newMetadata() {
    return target.equals(read) ? Optional.empty() : Optional.of(target.metadata().json());
  }

  private long rows(DataFile file) {
    return file.rows().orElseThrow(() -> DeltaErrors.uncounted(path()));
  }
}
