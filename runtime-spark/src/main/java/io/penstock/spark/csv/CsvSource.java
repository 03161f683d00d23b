package io.penstock.spark.csv;

import io.penstock.spark.csv.CsvLayout.Strictness;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads CSV files with a header line into typed rows, as RFC 4180 has it.
 *
 * <ul>
 *   <li>UTF-8, with or without a byte order mark; LF or CRLF; line ends inside quotes belong to the
 *       field.
 *   <li>The header is matched by name: every declared column once, in any order; others are
 *       ignored.
 *   <li>An empty field without quotes is NULL, with quotes the empty string. Nothing is trimmed. An
 *       empty line is a NULL in a file with a single column, and nothing in others.
 *   <li>Types are strict: a number that doesn't fit, a decimal that would be rounded, 30 February,
 *       a seventh digit of a second are defects. A TIMESTAMP is ISO 8601 with an offset or 'Z';
 *       without either it is UTC.
 *   <li>A quote inside an unquoted field, text behind a closing quote, an unclosed quote, a
 *       carriage return alone, a wrong number of fields, malformed UTF-8 and records over 4 MiB (in
 *       files of others) are defects.
 * </ul>
 *
 * <p>A file is read by one task from its start to its end; small files share tasks. The rows of one
 * file keep their order.
 */
public final class CsvSource {
  private final CsvLayout layout;

  private CsvSource(CsvLayout layout) {
    this.layout = layout;
  }

  /**
   * A strict source: the first defect fails the task with a {@link MalformedInputException}.
   *
   * @throws IllegalArgumentException if a column's type has no text form or a name occurs twice
   */
  public static CsvSource of(StructType declared) {
    return new CsvSource(
        new CsvLayout(
            declared,
            new StructType(),
            Strictness.STRICT,
            Dialect.RFC4180,
            CsvCompression.NONE,
            CsvLayout.LONGEST_FOREIGN_RECORD));
  }

  /**
   * The same source with columns behind the declared ones whose values each {@link InputFile}
   * carries.
   */
  public CsvSource withConstants(StructType constants) {
    return new CsvSource(
        new CsvLayout(
            layout.declared(),
            constants,
            layout.strictness(),
            layout.dialect(),
            layout.compression(),
            layout.longestRecord()));
  }

  /**
   * The same source of files that {@link CsvFileWriter} wrote by a profile, and compressed. Their
   * records may have any length: they were rows.
   */
  public CsvSource writtenBy(CsvProfile profile, CsvCompression compression) {
    return new CsvSource(
        new CsvLayout(
            layout.declared(),
            layout.constants(),
            layout.strictness(),
            Dialect.of(profile),
            compression,
            CsvLayout.LONGEST_ARRAY));
  }

  /**
   * The same source, where a defective record is a row too. Four columns are added: {@code _file
   * STRING}, {@code _line BIGINT} (the physical line where the record starts, the header being 1),
   * {@code _defect STRING} (NULL when fine, else the reason, and the declared columns are NULL),
   * and {@code _text STRING} (the raw record when defective). A file whose header is defective
   * yields a defective row for the header and for each of its records, so that shares of defects
   * count what was lost.
   */
  public CsvSource lenient() {
    return new CsvSource(
        new CsvLayout(
            layout.declared(),
            layout.constants(),
            Strictness.LENIENT,
            layout.dialect(),
            layout.compression(),
            layout.longestRecord()));
  }

  /** The schema of {@link #rows}. */
  public StructType schema() {
    return layout.rows();
  }

  /** The rows of these files. Opens nothing and starts no job until the frame is used. */
  public Dataset<Row> rows(SparkSession spark, List<InputFile> files) {
    for (InputFile file : files) {
      if (file.constants().size() != layout.constants().size()) {
        throw CsvErrors.constantsDiffer(
            file.path(), file.constants().size(), layout.constants().size());
      }
    }
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), layout.rows());
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(
            spark.sparkContext(), spark.sessionState().newHadoopConf());
    List<List<InputFile>> tasks =
        new ArrayList<>(FilePacking.pack(files, context.defaultParallelism()));
    // An RDD and not a frame of file names: their size would pass for the size of the data, and the
    // planner would broadcast it.
    return spark.createDataFrame(
        context.parallelize(tasks, tasks.size()).flatMap(new ReadFiles(layout, configuration)),
        layout.rows());
  }
}
