package io.penstock.spark.csv;

import io.penstock.spark.files.LakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/**
 * Writes a frame as one CSV file with a header line, in the frame's order.
 *
 * <ul>
 *   <li>RFC 4180, UTF-8, LF. NULL is an empty field, the empty string {@code ""}; a record whose
 *       only column is NULL is an empty line, which {@link CsvSource} reads back as such, and so do
 *       DuckDB and PostgreSQL's {@code COPY}; loaders that skip empty lines lose it.
 *   <li>TIMESTAMP in UTC with microseconds, {@code 2026-03-01T12:00:00.000000Z}; TIMESTAMP_NTZ the
 *       same without Z; DATE {@code 2026-03-01}; DECIMAL in plain notation with its scale; DOUBLE
 *       and FLOAT in the shortest form that reads back as the same number; BOOLEAN {@code true} and
 *       {@code false}.
 *   <li>Without rows the file holds the header alone.
 * </ul>
 *
 * <p>Each task writes a part; the driver joins the parts that the successful attempts named. So all
 * tasks of the frame compute in parallel, and only copying is serial.
 */
public final class CsvFileWriter {
  private static final String PARTS = "_parts";

  private final SparkSession spark;

  public CsvFileWriter(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The columns that CSV can't hold: nested, binary, interval and such types, and repeated names.
   */
  public static List<UnwritableColumn> unwritableColumns(StructType schema) {
    List<UnwritableColumn> unwritable = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (StructField field : schema.fields()) {
      if (FieldWriter.of(field).isEmpty()) {
        unwritable.add(
            new UnwritableColumn(field.name(), field.dataType().sql() + " has no form in CSV"));
      }
      // Many loaders fold case.
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        unwritable.add(new UnwritableColumn(field.name(), "another column has this name"));
      }
    }
    if (schema.isEmpty()) {
      unwritable.add(new UnwritableColumn("", "there is no column at all"));
    }
    return List.copyOf(unwritable);
  }

  /**
   * Refuses what CSV can't hold.
   *
   * @throws IllegalArgumentException naming all {@link #unwritableColumns}, if there are any
   */
  public static void requireWritable(StructType schema) {
    List<UnwritableColumn> unwritable = unwritableColumns(schema);
    if (!unwritable.isEmpty()) {
      throw CsvErrors.unwritable(unwritable);
    }
  }

  /**
   * Evaluates the frame and writes it. After a failure the directory may hold parts, but no file of
   * this name that is complete.
   *
   * @param directory qualified; belongs to this call alone
   * @param name of the file; must not exist yet
   */
  public WrittenCsv write(Dataset<Row> rows, Path directory, String name) {
    requireWritable(rows.schema());
    Configuration configuration = spark.sessionState().newHadoopConf();
    LakeFiles files = LakeFiles.of(directory, configuration);
    Path partsDirectory = new Path(directory, PARTS);
    List<CsvPart> parts = writeParts(rows, partsDirectory, configuration);
    WrittenCsv written =
        join(rows.schema(), parts, partsDirectory, new Path(directory, name), files);
    files.delete(partsDirectory);
    return written;
  }

  private List<CsvPart> writeParts(Dataset<Row> rows, Path directory, Configuration configuration) {
    Broadcast<SerializableConfiguration> broadcast =
        SerializableConfiguration.broadcast(spark.sparkContext(), configuration);
    WritePart task = new WritePart(directory.toString(), rows.schema(), broadcast);
    QueryExecution query = rows.queryExecution();
    try {
      // Spark's internal rows hold dates and timestamps as numbers; its Row would pass them through
      // the
      // calendar of java.sql. Parts come back in the order of the partitions.
      return SQLExecution.withNewExecutionId(
          query,
          Option.apply("csv"),
          () -> query.toRdd().toJavaRDD().mapPartitions(task).collect());
    } finally {
      broadcast.destroy();
    }
  }

  private static WrittenCsv join(
      StructType schema, List<CsvPart> parts, Path partsDirectory, Path target, LakeFiles files) {
    MessageDigest digest = sha256();
    long rows = 0;
    long bytes;
    try (OutputStream out = new DigestOutputStream(files.create(target), digest)) {
      bytes = writeHeader(schema, out);
      for (CsvPart part : parts) {
        long copied = copy(files, new Path(partsDirectory, part.name()), out);
        if (copied != part.bytes()) {
          throw CsvErrors.partChanged(part.name(), part.bytes(), copied);
        }
        bytes += copied;
        rows += part.rows();
      }
    } catch (IOException e) {
      throw CsvErrors.failed("write", target.toString(), e);
    }
    return new WrittenCsv(target.getName(), rows, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static long writeHeader(StructType schema, OutputStream out) throws IOException {
    CsvOutput header = new CsvOutput(out);
    for (String column : schema.fieldNames()) {
      header.field();
      header.text(column.getBytes(StandardCharsets.UTF_8));
    }
    header.endRecord();
    return header.bytes();
  }

  private static long copy(LakeFiles files, Path part, OutputStream out) throws IOException {
    try (InputStream in = files.open(part)) {
      return in.transferTo(out);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
