package io.penstock.spark.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first bytes of a file, uncompressed and not yet decoded, from which its kind is guessed. */
final class FileBeginning {
  /** As many as reach the mark of a tar archive, and as tell an encoding rather certainly. */
  static final int LENGTH = 512;

  /** Of a file whose format has nothing to guess. */
  static final FileBeginning NONE = new FileBeginning(new byte[0]);

  private final byte[] bytes;
  private final Optional<FileSignature> signature;

  private FileBeginning(byte[] bytes) {
    this.bytes = bytes;
    this.signature = FileSignature.of(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /**
   * Looks at the beginning of a stream.
   *
   * @param content which can take {@link #LENGTH} bytes back
   */
  static FileBeginning of(PushbackInputStream content) throws IOException {
    byte[] bytes = content.readNBytes(LENGTH);
    content.unread(bytes);
    return new FileBeginning(bytes);
  }

  static PushbackInputStream stream(InputStream content) {
    return new PushbackInputStream(content, LENGTH);
  }

  /** The bytes; fewer than {@link #LENGTH} are the whole file. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Another format than text, or one that isn't meant as such, which the file seems to be. */
  Optional<FileSignature> signature() {
    return signature;
  }
}
