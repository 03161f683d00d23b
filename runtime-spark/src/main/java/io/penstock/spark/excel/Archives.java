package io.penstock.spark.excel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Zip archives, in memory. */
final class Archives {
  /** Far above any sensible workbook: a sheet has a million rows at most. */
  private static final long MOST_BYTES = 4L << 30;

  private static final int BUFFER = 1 << 16;

  private Archives() {}

  /**
   * The same archive, whose parts have the content of which their checksums were made. The reader
   * of workbooks doesn't look at these.
   *
   * @throws ZipException if a part is damaged, or if the parts are too large
   */
  static InputStream verified(InputStream archive) throws IOException {
    byte[] bytes = archive.readAllBytes();
    byte[] buffer = new byte[BUFFER];
    long all = 0;
    try (ZipInputStream parts = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      while (parts.getNextEntry() != null) {
        int read = parts.read(buffer);
        while (read >= 0) {
          all += read;
          if (all > MOST_BYTES) {
            throw new ZipException("The parts are too large");
          }
          read = parts.read(buffer);
        }
      }
    }
    return new ByteArrayInputStream(bytes);
  }
}
