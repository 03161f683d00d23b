package io.penstock.spark.export;

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
    return ExportRows.read(List.of(this), spark);
  }
}
