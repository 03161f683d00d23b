package io.penstock.spark.typed;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;

/** A format of files that hold the types of their columns. */
public interface TypedFormat {
  /** Parquet files. */
  static TypedFormat parquet() {
    return new ParquetFiles();
  }

  /** ORC files. */
  static TypedFormat orc() {
    return new OrcFiles();
  }

  /** Avro container files. */
  static TypedFormat avro() {
    return new AvroFiles();
  }

  /**
   * What the files say of their content, in order. Reads no rows.
   *
   * @throws io.penstock.engine.RunFailedException that names all files that can't be read
   */
  List<TypedFile> open(SparkSession session, List<FileStatus> files);

  /**
   * What reads the rows of files with these columns.
   *
   * @param batches whether Spark can read many values of a column at a time
   */
  FileFormat reader(List<FileColumn> columns, boolean batches);

  /** The options of the reader. */
  Map<String, String> options();
}
