package io.penstock.spark.export;

import io.penstock.spark.csv.WrittenCsv;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * What a version of an export holds, for consumers that check what they load.
 *
 * @param manifestVersion form of this document
 * @param dialect of the files; {@code rfc4180} is described by {@link
 *     io.penstock.spark.csv.CsvFileWriter}
 * @param columns in the order of the files' header
 * @param files in the order of their rows
 * @param attempt who produced it
 */
public record ExportManifest(
    int manifestVersion,
    String export,
    String partition,
    String dialect,
    List<Column> columns,
    List<WrittenCsv> files,
    ExportAttempt attempt) {
  static final int VERSION = 1;
  static final String RFC_4180 = "rfc4180";

  /**
   * A column as Spark SQL names its type.
   *
   * @param type such as {@code DECIMAL(10,2)}
   */
  public record Column(String name, String type) {}

  public ExportManifest {
    if (manifestVersion != VERSION) {
      throw ExportErrors.unknownManifestVersion(manifestVersion, VERSION);
    }
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  public static ExportManifest of(
      ExportTarget target, StructType schema, List<WrittenCsv> files, ExportAttempt attempt) {
    List<Column> columns =
        Stream.of(schema.fields())
            .map(field -> new Column(field.name(), field.dataType().sql()))
            .toList();
    return new ExportManifest(
        VERSION, target.name(), target.partitionPath(), RFC_4180, columns, files, attempt);
  }

  /** Number of records in all files. */
  public long rowCount() {
    return files.stream().mapToLong(WrittenCsv::rows).sum();
  }

  /** Length of all files. */
  public long byteCount() {
    return files.stream().mapToLong(WrittenCsv::bytes).sum();
  }

  /** The columns as a schema; every column can be NULL. */
  StructType schema() {
    StructType schema = new StructType();
    for (Column column : columns) {
      schema = schema.add(column.name(), DataType.fromDDL(column.type()), true);
    }
    return schema;
  }
}
