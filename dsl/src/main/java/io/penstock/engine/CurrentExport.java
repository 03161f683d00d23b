package io.penstock.engine;

import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The version of an export, or of one partition of it, that its consumers see.
 *
 * @param runId of the run that wrote it
 * @param partition from the outermost column inwards; empty for a whole export
 * @param delimiter what stands between fields
 * @param encoding of the files; UTF-16 and UTF-32 stand for files with a byte order mark
 * @param columns in the order of the files' header
 * @param files in the order of their rows; at least one
 */
public record CurrentExport(
    String runId,
    List<PartitionValue> partition,
    CsvProfile profile,
    CsvCompression compression,
    String delimiter,
    Charset encoding,
    List<Column> columns,
    List<File> files) {

  /** The text that a partition's column holds in all of its rows. */
  public record PartitionValue(String column, String value) {
    @Override
    public String toString() {
      return column + "=" + value;
    }
  }

  /**
   * A column of the files.
   *
   * @param type as Spark SQL names it, such as {@code DECIMAL(10,2)}
   */
  public record Column(String name, String type) {}

  /**
   * A file.
   *
   * @param uri with its scheme, and nothing in it escaped: {@code file:/lake/export/sales/…}
   * @param rows records without the header
   * @param bytes length as it lies there, compressed or not
   */
  public record File(String uri, long rows, long bytes) {}

  /** One whose files have commas and are in UTF-8. */
  public CurrentExport(
      String runId,
      List<PartitionValue> partition,
      CsvProfile profile,
      CsvCompression compression,
      List<Column> columns,
      List<File> files) {
    this(runId, partition, profile, compression, ",", StandardCharsets.UTF_8, columns, files);
  }

  public CurrentExport {
    partition = List.copyOf(partition);
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  /** Number of records in all files. */
  public long rows() {
    return files.stream().mapToLong(File::rows).sum();
  }
}
