package io.penstock.spark.records;

import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The content of a file, decompressed when it is compressed. */
final class Content {
  /** What these throw while they read a file, they throw because of its content. */
  private static final List<String> DECODERS =
      List.of(
          "org.apache.hadoop.io.compress.",
          "java.util.zip.",
          "com.github.luben.zstd.",
          "org.apache.commons.compress.",
          Compression.class.getName(),
          ZstdFrames.class.getName(),
          ZippedFile.class.getName());

  private final String path;
  private final InputStream file;
  private final Optional<Compression> compression;
  private InputStream stream;

  private Content(String path, InputStream file, Optional<Compression> compression) {
    this.path = path;
    this.file = file;
    this.stream = file;
    this.compression = compression;
  }

  /**
   * Opens a file. How it is compressed is told by its first bytes, or else by its name.
   *
   * @throws MalformedInputException when the first bytes are damaged already
   */
  static Content of(String path, Configuration configuration) {
    Path file = new Path(path);
    return of(path, LakeFiles.of(file, configuration).open(file));
  }

  /** Opens a file of a format that has a compression of its own. */
  static Content asItIs(String path, Configuration configuration) {
    Path file = new Path(path);
    return new Content(path, LakeFiles.of(file, configuration).open(file), Optional.empty());
  }

  /** The same for a file that is open. */
  static Content of(String path, InputStream file) {
    PushbackInputStream in = new PushbackInputStream(file, Compression.LONGEST_MARK);
    try {
      byte[] beginning = in.readNBytes(Compression.LONGEST_MARK);
      in.unread(beginning);
      Content content = new Content(path, in, Compression.of(beginning, path));
      content.decompress();
      return content;
    } catch (IOException e) {
      Content unread = new Content(path, in, Optional.empty());
      unread.close(e);
      throw unread.unreadable(e);
    }
  }

  private void decompress() {
    if (compression.isPresent()) {
      try {
        stream = compression.get().decompress(file);
      } catch (IOException | RuntimeException e) {
        close(e);
        throw unreadable(e);
      }
    }
  }

  /** The uncompressed bytes. */
  InputStream stream() {
    return stream;
  }

  /** Closes the file because of a failure. */
  void close(Exception reason) {
    try {
      file.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** What it means that the content can't be read to its end. */
  RuntimeException unreadable(Exception cause) {
    if (compression.isPresent() && isDamage(cause)) {
      Compression.Damage damage = compression.get().damage(cause);
      return MalformedInputException.ofFile(path, damage.reason(), damage.fix());
    }
    if (cause instanceof RuntimeException other) {
      return other;
    }
    return new FailedAccessException("read", path, (IOException) cause);
  }

  /**
   * Whether reading failed because of the file's content, and not while it was transferred, which
   * raises an IOException elsewhere.
   */
  private static boolean isDamage(Exception e) {
    return Arrays.stream(e.getStackTrace())
        .limit(e instanceof IOException ? 1 : 3)
        .anyMatch(frame -> DECODERS.stream().anyMatch(frame.getClassName()::startsWith));
  }
}
