package io.penstock.spark.csv;

import io.penstock.spark.files.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Computes the length and the SHA-256 of what is written to a file. */
final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest = Sha256.digest();
  private long bytes;

  MeasuredOutput(OutputStream file) {
    super(file);
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

  /** The digest of all bytes, in lower-case hexadecimal; called once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
