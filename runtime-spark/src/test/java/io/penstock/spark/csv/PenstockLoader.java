package io.penstock.spark.csv;

import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Our own reader, which reverts the changes of a profile. */
record PenstockLoader(CsvProfile profile) implements CsvLoader {
  @Override
  public String name() {
    return "Penstock";
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows) {
    Cells.each(rows(profile, schema, file), rows);
  }

  /** The rows of files that were written with a profile. */
  static Dataset<Row> rows(CsvProfile profile, StructType schema, Path... files) {
    return RecordFiles.rows(
        SparkTestSession.spark(),
        CsvFormat.writtenBy(profile),
        RecordColumns.of(schema),
        Stream.of(files).map(file -> InputFile.of("file:" + file, 1)).toList());
  }
}
