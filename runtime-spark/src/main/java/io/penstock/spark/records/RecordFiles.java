package io.penstock.spark.records;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads files of records. A file is read by one task from start to end; small files share tasks.
 * The rows of a file keep their order.
 */
public final class RecordFiles {
  private RecordFiles() {}

  /** The rows of files in UTF-8, of which nobody asks what isn't declared. */
  public static Dataset<Row> rows(
      SparkSession spark, RecordFormat format, RecordColumns columns, List<InputFile> files) {
    return rows(spark, format, columns, TextEncoding.UTF_8, files);
  }

  /** The rows of files of which nobody asks what isn't declared. */
  public static Dataset<Row> rows(
      SparkSession spark,
      RecordFormat format,
      RecordColumns columns,
      TextEncoding encoding,
      List<InputFile> files) {
    return rows(spark, format, columns, encoding, PartitionCounts.in(spark), files);
  }

  /**
   * The rows of these files. Opens no file and starts no job until the frame is used.
   *
   * @param unknown counts what isn't declared, as the rows are read
   */
  public static Dataset<Row> rows(
      SparkSession spark,
      RecordFormat format,
      RecordColumns columns,
      TextEncoding encoding,
      PartitionCounts unknown,
      List<InputFile> files) {
    for (InputFile file : files) {
      if (file.constants().size() != columns.constants().size()) {
        throw RecordErrors.constantsDiffer(
            file.path(), file.constants().size(), columns.constants().size());
      }
    }
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), columns.all());
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(
            spark.sparkContext(), spark.sessionState().newHadoopConf());
    List<List<InputFile>> tasks =
        new ArrayList<>(FilePacking.pack(files, context.defaultParallelism()));
    // An RDD and not a frame of file names: the planner would take the size of the names for the
    // size of the data, and broadcast it.
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(
            context
                .parallelize(tasks, tasks.size())
                .flatMap(new ReadFiles(format, columns, encoding, unknown, configuration))
                .rdd(),
            columns.all(),
            false);
  }
}
