package io.penstock.spark.records;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The one file in a zip archive. Folders don't count, nor do files that hold what a system noted
 * about others ({@code __MACOSX/}, names that begin with a dot).
 */
final class ZippedFile extends FilterInputStream {
  private final ZipInputStream zip;
  private boolean ended;

  ZippedFile(InputStream file) throws IOException {
    super(new ZipInputStream(file));
    this.zip = (ZipInputStream) in;
    if (!toNextFile()) {
      throw new EOFException("The archive holds no file");
    }
  }

  /** The archive holds more than one file. */
  static final class ManyFilesException extends IOException {
    private static final long serialVersionUID = 1L;

    ManyFilesException() {
      super("The archive holds several files");
    }
  }

  private boolean toNextFile() throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      boolean hidden =
          name.startsWith("__MACOSX/") || name.substring(name.lastIndexOf('/') + 1).startsWith(".");
      if (!entry.isDirectory() && !hidden) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = zip.read(target, offset, length);
    if (count < 0) {
      ended = true;
      if (toNextFile()) {
        throw new ManyFilesException();
      }
    }
    return count;
  }
}
