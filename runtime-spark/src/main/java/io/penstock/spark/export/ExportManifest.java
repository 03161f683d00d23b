package io.penstock.spark.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Describes a version of an export, for consumers that verify what they load.
 *
 * @param manifestVersion the version of this document
 * @param dialect of the files
 * @param compression of each file; version 1 has none
 * @param layout whether all rows are in one file; in version 1 they always are
 * @param columns in the order of the files' header
 * @param files in the order of their rows
 * @param attempt that wrote it
 * @param delimiter between fields; absent where it is a comma
 * @param encoding of the files, a name of Java; absent where it is UTF-8
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ExportManifest(
    int manifestVersion,
    String export,
    String partition,
    CsvProfile dialect,
    CsvCompression compression,
    Layout layout,
    List<Column> columns,
    List<WrittenCsv> files,
    ExportProvenance attempt,
    Optional<String> delimiter,
    Optional<String> encoding) {
  /** A reader that knows this version knows all of them. */
  static final int VERSION = 3;

  /**
   * In version 1 every export was one uncompressed file of the RFC 4180 dialect. What has commas
   * and UTF-8 is of version 2, which earlier releases read.
   */
  private static final int COMMAS_AND_UTF_8 = 2;

  /** The number of files. */
  public enum Layout {
    /** One, which is copied to the stable path too. */
    FILE,
    /** One or more, in the order of their rows. */
    PARTS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A column and its type in Spark SQL.
   *
   * @param type such as {@code DECIMAL(10,2)}
   */
  public record Column(String name, String type) {}

  public ExportManifest {
    if (manifestVersion < 1) {
      throw ExportErrors.invalidManifestVersion(manifestVersion);
    }
    if (manifestVersion == 1) {
      compression = CsvCompression.NONE;
      layout = Layout.FILE;
    }
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  /** Describes written files. */
  public static ExportManifest of(
      ExportTarget target,
      StructType schema,
      CsvForm form,
      List<WrittenCsv> files,
      ExportProvenance attempt) {
    List<Column> columns =
        Stream.of(schema.fields())
            .map(field -> new Column(field.name(), field.dataType().sql()))
            .toList();
    Optional<String> delimiter =
        Optional.of(form.delimiter()).filter(text -> !text.equals(CsvForm.PLAIN.delimiter()));
    Optional<String> encoding =
        Optional.of(form.encoding())
            .filter(charset -> !charset.equals(CsvForm.PLAIN.encoding()))
            .map(Charset::name);
    return new ExportManifest(
        delimiter.isPresent() || encoding.isPresent() ? VERSION : COMMAS_AND_UTF_8,
        target.name(),
        target.partitionPath(),
        form.profile(),
        form.compression(),
        form.partSize().isPresent() ? Layout.PARTS : Layout.FILE,
        columns,
        files,
        attempt,
        delimiter,
        encoding);
  }

  /** What stands between fields. */
  String fieldDelimiter() {
    return delimiter.orElse(CsvForm.PLAIN.delimiter());
  }

  /**
   * The encoding of the files.
   *
   * @throws UnreadableExportException if this Java doesn't know it
   */
  Charset charset() {
    try {
      return encoding.map(Charset::forName).orElse(CsvForm.PLAIN.encoding());
    } catch (IllegalArgumentException e) {
      throw ExportErrors.unknownEncoding(export, encoding.orElse(""), e);
    }
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
