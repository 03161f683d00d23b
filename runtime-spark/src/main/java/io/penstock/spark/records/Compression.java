package io.penstock.spark.records;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.io.compress.DecompressorStream;
import org.apache.hadoop.io.compress.zlib.BuiltInGzipDecompressor;

/**
 * A compression of a file: one of those that tell a whole file from one that is cut off. (Snappy's
 * and LZ4's blocks in Hadoop's files don't.)
 *
 * @param name as messages tell it, {@code gzip}
 */
record Compression(String name, Decompressor decompressor) {
  /** The number of bytes at the beginning of a file that tell its compression. */
  static final int LONGEST_MARK = 10;

  private static final int BUFFER = 1 << 16;

  /** Makes the uncompressed content of a file. */
  interface Decompressor {
    InputStream of(InputStream file) throws IOException;
  }

  /** A compression that is told by the first bytes, or by the end of the name. */
  private enum Known {
    GZIP(".gz", "1f8b"),
    ZSTD(".zst", "28b52ffd"),
    /** The size of blocks, then the mark of a block or that of an empty file's end. */
    BZIP2(".bz2", "425a683[1-9](314159265359|177245385090)"),
    ZIP(".zip", "504b0304");

    private final String ending;
    private final Pattern mark;

    /**
     * @param mark the first bytes in hexadecimal. No text begins like this: it would not be UTF-8,
     *     or hold control characters
     */
    Known(String ending, String mark) {
      this.ending = ending;
      this.mark = Pattern.compile(mark);
    }

    boolean isMarkedBy(byte[] beginning) {
      return mark.matcher(HexFormat.of().formatHex(beginning)).lookingAt();
    }
  }

  /** The compression of a file; empty when it isn't compressed. */
  static Optional<Compression> of(byte[] beginning, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<Known> all = List.of(Known.values());
    return all.stream()
        .filter(known -> known.isMarkedBy(beginning))
        .findFirst()
        .map(Compression::of)
        .or(
            () ->
                all.stream()
                    .filter(known -> lower.endsWith(known.ending))
                    .findFirst()
                    .map(Compression::unmarked));
  }

  private static Compression of(Known known) {
    return switch (known) {
      case GZIP -> new Compression("gzip", Compression::gunzip);
      case ZSTD -> new Compression("zstd", ZstdFrames::new);
      // Hadoop's own doesn't notice that a file is cut off between two blocks.
      case BZIP2 -> new Compression("bzip2", file -> new BZip2CompressorInputStream(file, true));
      case ZIP -> new Compression("zip", ZippedFile::new);
    };
  }

  /** A file that doesn't begin as its name says; an empty one, too. */
  private static Compression unmarked(Known known) {
    return new Compression(
        known.name().toLowerCase(Locale.ROOT),
        file -> {
          throw new StreamCorruptedException("The file does not begin as its name says");
        });
  }

  /**
   * Decompresses all members of a file, and fails at anything else. Java's own stream silently ends
   * where the next member is damaged, or where the file's stream has no bytes available at the
   * moment.
   */
  private static InputStream gunzip(InputStream file) throws IOException {
    return new DecompressorStream(file, new BuiltInGzipDecompressor(), BUFFER);
  }

  InputStream decompress(InputStream file) throws IOException {
    return decompressor.of(file);
  }

  /** What is wrong with the content that can't be decompressed. */
  Damage damage(Exception cause) {
    if (cause instanceof ZstdIOException zstd
        && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
      return new Damage("its zstd window is larger than 128 MiB", "compress it without --long.");
    }
    if (cause instanceof ZippedFile.DocumentException document) {
      Defect defect = document.kind().defect();
      return new Damage(defect.reason(), defect.fix());
    }
    if (cause instanceof ZippedFile.ManyFilesException) {
      return new Damage("it is a zip archive of several files", "deliver them one by one.");
    }
    return new Damage(
        "its content is not whole, or not compressed with " + name + " as it seems to be",
        "deliver the file again, complete, or remove it.");
  }

  /** What is wrong, to be put after a colon, and what to do about it. */
  record Damage(String reason, String fix) {}
}
