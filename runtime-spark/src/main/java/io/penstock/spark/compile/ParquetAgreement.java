package io.penstock.spark.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds Parquet files whose columns differ. One file's columns are those of all rows: a column that
 * only another file has would be left out in silence, and one that a file lacks would be NULL.
 */
final class ParquetAgreement {
  private ParquetAgreement() {}

  /**
   * Reads every footer, and no row group.
   *
   * @throws PlanProblemException that names two files and what the second has otherwise
   */
  static void require(SparkSession session, List<FileStatus> files) {
    if (files.size() < 2) {
      return;
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(session.sessionState().conf());
    List<Map<String, DataType>> columns =
        files.parallelStream().map(file -> columns(file, configuration, converter)).toList();
    for (int i = 1; i < files.size(); i++) {
      Optional<String> difference = difference(columns.get(0), columns.get(i));
      if (difference.isPresent()) {
        throw new PlanProblemException(
            "PARQUET_COLUMNS_DIFFER",
            "Cannot read '%s' and '%s' together: %s."
                .formatted(path(files.get(0)), path(files.get(i)), difference.get()),
            "read them as two sources, give both the same columns, and union them.");
      }
    }
  }

  private static Map<String, DataType> columns(
      FileStatus file, Configuration configuration, ParquetToSparkSchemaConverter converter) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromStatus(file, configuration),
            HadoopReadOptions.builder(configuration)
                .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
                .build())) {
      StructType schema = converter.convert(reader.getFileMetaData().getSchema());
      Map<String, DataType> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (StructField field : schema.fields()) {
        columns.put(field.name(), field.dataType().asNullable());
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the footer of '" + path(file) + "': " + e.getMessage(), e);
    }
  }

  /** What the second has that the first has not, or otherwise; empty when they agree. */
  private static Optional<String> difference(
      Map<String, DataType> first, Map<String, DataType> second) {
    for (Map.Entry<String, DataType> column : first.entrySet()) {
      DataType other = second.get(column.getKey());
      if (other == null) {
        return Optional.of("only the first has column '" + column.getKey() + "'");
      }
      if (!other.equals(column.getValue())) {
        return Optional.of(
            "column '%s' is %s in the first and %s in the second"
                .formatted(column.getKey(), column.getValue().sql(), other.sql()));
      }
    }
    return second.keySet().stream()
        .filter(name -> !first.containsKey(name))
        .map(name -> "only the second has column '" + name + "'")
        .findFirst();
  }

  private static String path(FileStatus file) {
    return file.getPath().toUri().getPath();
  }
}
