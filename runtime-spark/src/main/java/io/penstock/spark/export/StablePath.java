package io.penstock.spark.export;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spec.CsvCompression;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Replaces the {@linkplain ExportTarget#stablePath stable path} by a version.
 *
 * <p>Files of other compressions are removed: a consumer of a file that is no longer written should
 * find none, and not outdated rows.
 */
final class StablePath implements LakeFiles.Replacement {
  private final LakeFiles files;
  private final ExportVersion version;
  private final Optional<LakeFiles.Replacement> copy;

  private StablePath(LakeFiles files, ExportVersion version, Optional<LakeFiles.Replacement> copy) {
    this.files = files;
    this.version = version;
    this.copy = copy;
  }

  static StablePath prepare(LakeFiles files, ExportVersion version) {
    return new StablePath(
        files,
        version,
        version.stablePath().map(path -> files.prepareReplacement(version.files().get(0), path)));
  }

  @Override
  public void commit() {
    copy.ifPresent(LakeFiles.Replacement::commit);
    for (CsvCompression compression : CsvCompression.values()) {
      Path path = version.target().stablePath(compression);
      if (!version.stablePath().equals(Optional.of(path))) {
        files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    copy.ifPresent(LakeFiles.Replacement::close);
  }
}
