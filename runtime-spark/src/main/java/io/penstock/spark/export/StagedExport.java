package io.penstock.spark.export;

import org.apache.hadoop.fs.Path;

/** A version that is complete and not visible to consumers. */
public record StagedExport(ExportTarget target, ExportManifest manifest) implements ExportVersion {
  /** The publication entry that makes it the current version. */
  Path entry() {
    return target.entry(attempt().epoch());
  }
}
