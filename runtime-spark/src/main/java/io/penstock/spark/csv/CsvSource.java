package io.penstock.spark.csv;

import io.penstock.spark.csv.CsvReadOptions.Strictness;
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
 * Reads CSV files with a header line into typed rows, following RFC 4180.
 *
 * <ul>
 *   <li>UTF-8, with or without a byte order mark; LF or CRLF; line ends inside quotes are part of
 *       the field.
 *   <li>Columns are matched by name: every declared column appears once in the header, in any
 *       order; other columns are ignored.
 *   <li>An empty field without quotes is NULL, with quotes it is the empty string. Nothing is
 *       trimmed. An empty line is a NULL in a file with a single column, and ignored in others.
 *   <li>Types are strict: a number that is out of range, a decimal that would be rounded, 30
 *       February and a seventh digit of a second are defects. A TIMESTAMP is ISO 8601 with an
 *       offset or 'Z'; without either it is UTC.
 *   <li>A quote inside an unquoted field, text after a closing quote, an unclosed quote, a carriage
 *       return alone, a wrong number of fields, malformed UTF-8 and records over 4 MiB (except in
 *       files that Penstock wrote) are defects.
 * </ul>
 *
 * <p>A file is read by one task from start to end; small files share tasks. The rows of a file keep
 * their order.
 */
public final class CsvSource {
  private final CsvReadOptions options;

  private CsvSource(CsvReadOptions options) {
    this.options = options;
  }

  /**
   * A strict source: the first defect fails the task with a {@link MalformedInputException}.
   *
   * @throws IllegalArgumentException if a column's type has no text form or a name occurs twice
   */
  public static CsvSource of(StructType declared) {
    return new CsvSource(
        new CsvReadOptions(declared, new StructType(), Strictness.STRICT, CsvFormat.FOREIGN));
  }

  /**
   * The same source with more columns after the declared ones, whose values each {@link InputFile}
   * carries.
   */
  public CsvSource withConstants(StructType constants) {
    return new CsvSource(
        new CsvReadOptions(options.declared(), constants, options.strictness(), options.format()));
  }

  /**
   * The same source for files that {@link CsvFileWriter} wrote with a profile and a compression.
   * Their records may have any length, since they were rows.
   */
  public CsvSource writtenBy(CsvProfile profile, CsvCompression compression) {
    return new CsvSource(
        new CsvReadOptions(
            options.declared(),
            options.constants(),
            options.strictness(),
            CsvFormat.writtenBy(profile, compression)));
  }

  /**
   * The same source, in which a defective record is a row too. Four columns are added: {@code _file
   * STRING}; {@code _line BIGINT}, the physical line where the record starts, the header being 1;
   * {@code _defect STRING}, the reason, for which the declared columns are NULL, or NULL if there
   * is no defect; {@code _text STRING}, the raw record if it is defective. A file with a defective
   * header yields a defective row for the header and for each of its records, so that the share of
   * defective rows reflects what was lost.
   */
  public CsvSource lenient() {
    return new CsvSource(
        new CsvReadOptions(
            options.declared(), options.constants(), Strictness.LENIENT, options.format()));
  }

  /** The schema of {@link #rows}. */
  public StructType schema() {
    return options.rows();
  }

  /** The rows of these files. Opens no file and starts no job until the frame is used. */
  public Dataset<Row> rows(SparkSession spark, List<InputFile> files) {
    for (InputFile file : files) {
      if (file.constants().size() != options.constants().size()) {
        throw CsvErrors.constantsDiffer(
            file.path(), file.constants().size(), options.constants().size());
      }
    }
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), options.rows());
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(
            spark.sparkContext(), spark.sessionState().newHadoopConf());
    List<List<InputFile>> tasks =
        new ArrayList<>(FilePacking.pack(files, context.defaultParallelism()));
    // An RDD and not a frame of file names: the planner would take the size of the names for the
    // size of the data, and broadcast it.
    return spark.createDataFrame(
        context.parallelize(tasks, tasks.size()).flatMap(new ReadFiles(options, configuration)),
        options.rows());
  }
}
