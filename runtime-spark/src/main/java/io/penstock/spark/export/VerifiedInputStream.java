package io.penstock.spark.export;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.files.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.hadoop.fs.Path;

/**
 * Compares a file with its manifest while it is read: without agreement it ends in an exception.
 */
final class VerifiedInputStream extends FilterInputStream {
  private static final int SKIP_AT_ONCE = 1 << 13;

  private final Path path;
  private final WrittenCsv expected;
  private final MessageDigest digest = Sha256.digest();
  private long length;

  VerifiedInputStream(InputStream in, Path path, WrittenCsv expected) {
    super(in);
    this.path = path;
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read = super.read(bytes, offset, count);
    if (read < 0) {
      requireAgreement();
    } else {
      digest.update(bytes, offset, read);
      length += read;
    }
    return read;
  }

  /** Skipped bytes are part of the checksum. */
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[SKIP_AT_ONCE];
    return Math.max(0, read(skipped, 0, (int) Math.min(skipped.length, Math.max(0, count))));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void requireAgreement() throws DamagedExportException {
    if (length != expected.bytes()) {
      throw ExportErrors.wrongLength(path, expected.bytes(), length);
    }
    String found = HexFormat.of().formatHex(copy().digest());
    if (!found.equals(expected.sha256())) {
      throw ExportErrors.wrongChecksum(path, expected.sha256(), found);
    }
  }

  /** A copy, so that a second read at the end gives the same result. */
  private MessageDigest copy() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's SHA-256 can be cloned", e);
    }
  }
}
