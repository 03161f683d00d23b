package io.penstock.spark.files;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A file of a distributed file system that is written from its beginning to its end, or not at all.
 * To close a stream means to complete its file: an object store would show half of a content whose
 * other half couldn't be read.
 */
final class WholeFile {
  private WholeFile() {}

  /** What a file is to hold. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a content through a stream that was opened for it, and closes the stream.
   *
   * @throws IOException if the content or the file failed; the upload is then given up, and a file
   *     that shows already is removed
   */
  static void write(FileSystem fileSystem, Path file, FSDataOutputStream out, Content content)
      throws IOException {
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      giveUp(fileSystem, file, out, e);
      throw e;
    }
    out.close();
  }

  private static void giveUp(
      FileSystem fileSystem, Path file, FSDataOutputStream out, Throwable reason) {
    try {
      if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
        out.abort();
        out.close();
      } else {
        out.close();
        fileSystem.delete(file, false);
      }
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
