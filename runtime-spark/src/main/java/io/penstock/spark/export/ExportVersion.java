package io.penstock.spark.export;

import io.penstock.spark.csv.CsvFormat;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An immutable version of an export, published or not. */
public sealed interface ExportVersion permits StagedExport, PublishedExport {
  /** The target that the version replaces. */
  ExportTarget target();

  /** The description of the version. */
  ExportManifest manifest();

  /** Who produced it. */
  default ExportProvenance attempt() {
    return manifest().attempt();
  }

  /** The directory of the version. */
  default Path path() {
    return target().version(attempt().runId());
  }

  /** The paths of its files. */
  default List<Path> files() {
    return manifest().files().stream().map(file -> new Path(path(), file.name())).toList();
  }

  /** The file that holds all of its rows once it is current; empty for an export in parts. */
  default Optional<Path> stablePath() {
    return manifest().layout() == ExportManifest.Layout.FILE
        ? Optional.of(target().stablePath(manifest().compression()))
        : Optional.empty();
  }

  /** The file that a consumer opens: the stable path, or the manifest of an export in parts. */
  default Path entryPoint() {
    return stablePath().orElseGet(() -> target().manifest(attempt().runId()));
  }

  /** Its rows, read back with the types that were written. */
  default Dataset<Row> rows(SparkSession spark) {
    List<InputFile> inputs = new ArrayList<>();
    for (WrittenCsv file : manifest().files()) {
      inputs.add(InputFile.of(new Path(path(), file.name()).toString(), file.bytes()));
    }
    return RecordFiles.rows(
        spark,
        CsvFormat.writtenBy(manifest().dialect()),
        RecordColumns.of(manifest().schema()),
        inputs);
  }
}
