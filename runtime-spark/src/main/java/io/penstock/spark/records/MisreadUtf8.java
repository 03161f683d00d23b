package io.penstock.spark.records;

import java.nio.charset.Charset;

/**
 * Finds files in UTF-8 that are declared to be in an encoding of one byte for each character. Every
 * byte stands for some character there, so that nothing else would tell; and no text of such an
 * encoding is UTF-8 throughout by chance, but one in ASCII, which is the same in both.
 */
final class MisreadUtf8 {
  private final boolean singleByte;
  private boolean valid = true;
  private boolean hasSequence;

  /** How many bytes of the sequence are still to come. */
  private int missing;

  private MisreadUtf8(boolean singleByte) {
    this.singleByte = singleByte;
  }

  static MisreadUtf8 of(Charset charset) {
    return new MisreadUtf8(charset.canEncode() && charset.newEncoder().maxBytesPerChar() <= 1);
  }

  /** Looks at the next bytes of the file. */
  void look(byte[] bytes, int offset, int length) {
    if (!singleByte) {
      return;
    }
    for (int i = offset; valid && i < offset + length; i++) {
      int b = bytes[i] & 0xff;
      if (missing > 0) {
        valid = b >= 0x80 && b < 0xc0;
        missing--;
        hasSequence |= missing == 0;
      } else if (b >= 0x80) {
        missing = b >= 0xc2 && b < 0xe0 ? 1 : b >= 0xe0 && b < 0xf0 ? 2 : b < 0xf5 ? 3 : 0;
        valid = b >= 0xc2 && missing > 0;
      }
    }
  }

  /** Whether the whole file, which has ended, is UTF-8 and not ASCII. */
  boolean isProbable() {
    return singleByte && valid && hasSequence && missing == 0;
  }
}
