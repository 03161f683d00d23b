package io.penstock.spark.files;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Writes a whole file to a distributed file system, or nothing. Closing a stream completes its
 * file, so a stream whose content fails midway must be aborted: an object store would publish the
 * part that was written.
 */
final class AtomicWrite {
  private AtomicWrite() {}

  /** Writes the content of a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes the content through a stream that was opened for it, and closes the stream.
   *
   * @throws IOException if the content or the file failed; the upload is then aborted, or a file
   *     that is visible already is removed
   */
  static void write(FileSystem fileSystem, Path file, FSDataOutputStream out, Content content)
      throws IOException {
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      abort(fileSystem, file, out, e);
      throw e;
    }
    out.close();
  }

  private static void abort(
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
