package io.penstock.spark.landed;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spec.FileSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Finds files whose name tells a compression that isn't supported. Spark's readers would read an
 * unknown compression as plain text, and would fail in the middle of the run if a library is
 * missing.
 */
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

  /** The compressions that the CSV reader supports. */
  private static final Set<String> CSV_COMPRESSIONS = Set.of("gzip", "zstd");

  private InputCodecs() {}

  /**
   * Checks the names of all files, and opens none.
   *
   * @throws PlanProblemException that names the first file and its compression
   */
  static void require(
      FileSource.Format format, List<FileStatus> files, Configuration configuration) {
    CompressionCodecFactory codecs = new CompressionCodecFactory(configuration);
    Map<String, Boolean> known = new TreeMap<>();
    for (FileStatus file : files) {
      Optional<String> compression = compression(file);
      if (compression.isPresent()
          && !known.computeIfAbsent(
              compression.get(),
              name ->
                  format == FileSource.Format.CSV
                      ? CSV_COMPRESSIONS.contains(name)
                      : isThere(codecs.getCodec(file.getPath())))) {
        throw missing(format, file, compression.get());
      }
    }
  }

  private static PlanProblemException missing(
      FileSource.Format format, FileStatus file, String compression) {
    return new PlanProblemException(
        "CODEC_MISSING",
        "Cannot read '%s': its name says that it is compressed with %s, which isn't supported for %s files."
            .formatted(
                file.getPath().toUri().getPath(),
                compression,
                format.name().toLowerCase(Locale.ROOT)),
        "deliver it with another compression, such as gzip (.gz), or uncompressed.");
  }

  private static Optional<String> compression(FileStatus file) {
    String name = file.getPath().getName().toLowerCase(Locale.ROOT);
    return SUFFIXES.entrySet().stream()
        .filter(suffix -> name.endsWith(suffix.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isThere(CompressionCodec codec) {
    if (codec == null) {
      return false;
    }
    try {
      codec.createDecompressor();
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }
}
