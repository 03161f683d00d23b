package io.penstock.spark.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of Parquet files, from the footer of the first. Spark's own inference starts a job
 * that opens data files; a footer is read here in the driver, as metadata.
 */
final class ParquetSchemas {
  private ParquetSchemas() {}

  static StructType ofFirst(SparkSession session, List<FileStatus> files) {
    if (files.isEmpty()) {
      throw new PlanProblemException(
          "SCHEMA_UNKNOWN",
          "Cannot tell the columns of Parquet files where there are none.",
          "deliver a file, or land the data in a Delta table first.");
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromStatus(files.get(0), session.sessionState().newHadoopConf()))) {
      FileMetaData metadata = reader.getFileMetaData();
      return new ParquetToSparkSchemaConverter(session.sessionState().conf())
          .convert(metadata.getSchema());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the footer of '" + files.get(0).getPath() + "': " + e.getMessage(), e);
    }
  }
}
