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
 * Finds files whose names tell a compression that nobody here can undo. A reader would take one
 * that it doesn't know for plain text, and fail at one whose library isn't there when it is read.
 */
final class InputCodecs {
  /** What the names of compressed files end in, by what they are compressed with. */
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

  /** What is read here by libraries of Java alone. */
  private static final Set<String> OF_CSV = Set.of("gzip", "zstd");

  private InputCodecs() {}

  /**
   * Opens no file.
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
                      ? OF_CSV.contains(name)
                      : isThere(codecs.getCodec(file.getPath())))) {
        throw missing(format, file, compression.get());
      }
    }
  }

  private static PlanProblemException missing(
      FileSource.Format format, FileStatus file, String compression) {
    return new PlanProblemException(
        "CODEC_MISSING",
        "Cannot read '%s': by its name it is compressed by %s, which isn't undone here for %s."
            .formatted(
                file.getPath().toUri().getPath(),
                compression,
                format.name().toLowerCase(Locale.ROOT)),
        "deliver it in another compression, such as gzip (.gz), or as it was before.");
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
