package io.penstock.spark.landed;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.FileSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;

/** Finds files whose name tells a compression that isn't read, before anything is computed. */
final class InputCodecs {
  /** The compressions, by the ends of file names. */
  private static final Map<String, String> SUFFIXES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(".gz", "gzip"),
              Map.entry(".zst", "zstd"),
              Map.entry(".bz2", "bzip2"),
              Map.entry(".snappy", "snappy"),
              Map.entry(".lz4", "lz4"),
              Map.entry(".lzo", "lzo"),
              Map.entry(".lzop", "lzop"),
              Map.entry(".deflate", "deflate"),
              Map.entry(".br", "brotli"),
              Map.entry(".xz", "xz"),
              Map.entry(".zip", "zip"),
              Map.entry(".7z", "7z")));

  /** Those of which a whole file is known from one that is cut off. */
  private static final Set<String> READ = Set.of("gzip", "zstd", "bzip2", "zip");

  private InputCodecs() {}

  /**
   * Checks the names of all files, and opens none.
   *
   * @throws PlanProblemException that names the first file and its compression
   */
  static void require(FileSource<?> source, List<FileStatus> files) {
    for (FileStatus file : files) {
      Optional<String> compression = compression(file);
      if (compression.isPresent() && !READ.contains(compression.get())) {
        throw missing(source, file, compression.get());
      }
    }
  }

  private static PlanProblemException missing(
      FileSource<?> source, FileStatus file, String compression) {
    return new PlanProblemException(
        "CODEC_MISSING",
        "Cannot read '%s': its name says that it is compressed with %s, which isn't supported for %s files."
            .formatted(file.getPath().toUri().getPath(), compression, source.format()),
        "deliver it with another compression, such as gzip (.gz), or uncompressed.");
  }

  private static Optional<String> compression(FileStatus file) {
    return ending(file.getPath().getName().toLowerCase(Locale.ROOT)).map(SUFFIXES::get);
  }

  /**
   * The end of a name that tells a compression, {@code .gz}; empty if none does.
   *
   * @param name in lower case
   */
  static Optional<String> ending(String name) {
    return SUFFIXES.keySet().stream().filter(name::endsWith).findFirst();
  }
}
