package io.penstock.spark.csv;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.records.TextEncoder;
import io.penstock.spark.records.TextEncoding;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
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
 * Writes a frame as CSV files with a header line, in the frame's order.
 *
 * <ul>
 *   <li>RFC 4180, UTF-8, LF, where the form says nothing else. NULL is an empty field, the empty
 *       string is {@code ""}. A record whose only column is NULL is an empty line, which {@link
 *       CsvFormat}, DuckDB and PostgreSQL's {@code COPY} read as NULL; loaders that skip empty
 *       lines lose it.
 *   <li>TIMESTAMP in UTC with microseconds, {@code 2026-03-01T12:00:00.000000Z}; TIMESTAMP_NTZ the
 *       same without Z; DATE {@code 2026-03-01}; DECIMAL in plain notation with its scale; DOUBLE
 *       and FLOAT in the shortest form that is parsed as the same number; BOOLEAN {@code true} and
 *       {@code false}.
 *   <li>{@link CsvProfile} tells how a profile differs from that.
 *   <li>Without rows there is one file, which holds the header alone.
 * </ul>
 *
 * <p>Each task of the frame writes pieces; further tasks, one for each file, join the pieces that
 * successful attempts returned. So all tasks of the frame run in parallel, files are compressed in
 * parallel, and only copying into one file is serial.
 */
public final class CsvFileWriter {
  /** The folder of the pieces that tasks write, until they are joined. */
  public static final String PIECES = "_pieces";

  private final SparkSession spark;
  private final CsvForm form;
  private final FileText text;

  public CsvFileWriter(SparkSession spark, CsvForm form) {
    this.spark = spark;
    this.form = form;
    this.text = FileText.of(form);
  }

  /**
   * The columns that CSV can't represent: nested, binary, interval and similar types, repeated
   * names, and names that the encoding doesn't have.
   */
  public static List<UnwritableColumn> unwritableColumns(StructType schema, CsvForm form) {
    List<UnwritableColumn> unwritable = new ArrayList<>();
    TextEncoder encoder = TextEncoding.written(form.encoding()).encoder();
    Set<String> names = new HashSet<>();
    for (StructField field : schema.fields()) {
      if (FieldWriter.of(field, Dialect.RFC4180).isEmpty()) {
        unwritable.add(
            new UnwritableColumn(field.name(), field.dataType().sql() + " has no form in CSV"));
      }
      encoder
          .missing(field.name())
          .ifPresent(
              character ->
                  unwritable.add(
                      new UnwritableColumn(
                          field.name(),
                          "%s has no %s, which stands in its name"
                              .formatted(encoder.name(), character))));
      // Many loaders ignore case.
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
   * Refuses columns that CSV can't represent.
   *
   * @throws IllegalArgumentException naming all {@link #unwritableColumns}, if there are any
   */
  public static void requireWritable(StructType schema, CsvForm form) {
    List<UnwritableColumn> unwritable = unwritableColumns(schema, form);
    if (!unwritable.isEmpty()) {
      throw CsvErrors.unwritable(unwritable);
    }
  }

  /**
   * Evaluates the frame and writes it: to the file {@code name} with its extension, or to parts
   * {@code name-00001}, {@code name-00002} and so on. After a failure the content of the directory
   * is undefined.
   *
   * @param directory qualified; used by this call alone, and in the end holds nothing but the
   *     returned files
   * @return the files in the order of their rows, at least one
   */
  public List<WrittenCsv> write(Dataset<Row> rows, Path directory, String name) {
    requireWritable(rows.schema(), form);
    byte[] header = header(rows.schema());
    long longest = form.partSize().map(ByteSize::bytes).orElse(Long.MAX_VALUE) - header.length;
    Configuration configuration = spark.sessionState().newHadoopConf();
    Broadcast<SerializableConfiguration> broadcast =
        SerializableConfiguration.broadcast(spark.sparkContext(), configuration);
    Path piecesDirectory = new Path(directory, PIECES);
    try {
      List<CsvPiece> pieces =
          writePieces(
              rows,
              new WritePieces(piecesDirectory.toString(), rows.schema(), text, longest, broadcast));
      List<WrittenCsv> written =
          join(
              parts(pieces, longest, name),
              new JoinPieces(
                  directory.toString(),
                  piecesDirectory.toString(),
                  header,
                  form.compression(),
                  broadcast));
      deleteOthers(LakeFiles.of(directory, configuration), directory, written);
      return written;
    } finally {
      broadcast.destroy();
    }
  }

  private static List<CsvPiece> writePieces(Dataset<Row> rows, WritePieces task) {
    QueryExecution query = rows.queryExecution();
    // Spark's internal rows hold dates and timestamps as numbers; its Row would convert them with
    // the calendar of java.sql. The pieces are returned in the order of the partitions.
    return SQLExecution.withNewExecutionId(
        query, Option.apply("csv"), () -> query.toRdd().toJavaRDD().mapPartitions(task).collect());
  }

  private List<JoinPieces.Part> parts(List<CsvPiece> pieces, long longest, String name) {
    List<JoinPieces.Part> parts = new ArrayList<>();
    for (List<CsvPiece> part : CsvParts.of(pieces, longest)) {
      String number =
          form.partSize()
              .map(size -> String.format(Locale.ROOT, "-%05d", parts.size() + 1))
              .orElse("");
      parts.add(new JoinPieces.Part(name + number, part));
    }
    return parts;
  }

  private List<WrittenCsv> join(List<JoinPieces.Part> parts, JoinPieces task) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(parts, parts.size())
        .map(task)
        .collect();
  }

  /** Deletes the pieces and the files of failed attempts: the directory is to list results only. */
  private static void deleteOthers(LakeFiles files, Path directory, List<WrittenCsv> written) {
    List<String> names = written.stream().map(WrittenCsv::name).toList();
    for (LakeFiles.Entry entry : files.list(directory)) {
      if (!names.contains(entry.name())) {
        files.delete(new Path(directory, entry.name()));
      }
    }
  }

  private byte[] header(StructType schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvOutput header = new CsvOutput(bytes, text.delimiter());
    header.prologue(text.prologue());
    boolean first = true;
    for (String column : schema.fieldNames()) {
      header.field();
      byte[] name = text.dialect().text(column.getBytes(StandardCharsets.UTF_8), column);
      // At the start of a file such a name can look like a byte order mark: windows-1252 writes one
      // for "ï»¿".
      if (first && !text.encoding().isUtf8() && name.length > 0 && name[0] < 0) {
        header.quoted(name);
      } else {
        header.text(name);
      }
      first = false;
    }
    header.endRecord();
    return text.encoding().isUtf8()
        ? bytes.toByteArray()
        : text.encoding()
            .encoder()
            .encode(bytes.toString(StandardCharsets.UTF_8))
            .orElseThrow(() -> CsvErrors.unencodable(text.encoding().name(), 0, 0));
  }
}
