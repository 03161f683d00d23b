package io.penstock.spark.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructType;

/**
 * What the footers of Parquet files say. Spark's own inference starts a job that opens data files;
 * a footer is read here in the driver, as metadata.
 */
final class ParquetFooters {
  private ParquetFooters() {}

  /** The columns of the first file. */
  static StructType schemaOfFirst(SparkSession session, List<FileStatus> files) {
    if (files.isEmpty()) {
      throw new PlanProblemException(
          "SCHEMA_UNKNOWN",
          "Cannot tell the columns of Parquet files where there are none.",
          "deliver a file, or land the data in a Delta table first.");
    }
    try (ParquetFileReader reader = open(session, files.get(0))) {
      FileMetaData metadata = reader.getFileMetaData();
      return new ParquetToSparkSchemaConverter(session.sessionState().conf())
          .convert(metadata.getSchema());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the footer of '" + files.get(0).getPath() + "': " + e.getMessage(), e);
    }
  }

  /** The rows of all files; empty when one of them can no longer be read. */
  static OptionalLong rows(SparkSession session, List<FileStatus> files) {
    try {
      return OptionalLong.of(files.parallelStream().mapToLong(file -> rowsOf(session, file)).sum());
    } catch (UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  private static long rowsOf(SparkSession session, FileStatus file) {
    try (ParquetFileReader reader = open(session, file)) {
      return reader.getRecordCount();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParquetFileReader open(SparkSession session, FileStatus file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromStatus(file, session.sessionState().newHadoopConf()));
  }
}
