package io.penstock.spark.csv;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts what goes into a file, and takes its SHA-256. */
final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest;
  private long bytes;

  MeasuredOutput(OutputStream file) {
    super(file);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    digest.update((byte) b);
    bytes++;
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    out.write(content, offset, length);
    digest.update(content, offset, length);
    bytes += length;
  }

  long bytes() {
    return bytes;
  }

  /** Of all bytes, in lower-case hexadecimal; once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
