package io.penstock.spark.csv;

import java.util.Arrays;

/** The byte order mark of UTF-8. */
final class ByteOrderMark {
  static final int LENGTH = 3;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  static boolean startsWith(byte[] utf8) {
    return utf8.length >= LENGTH && Arrays.equals(utf8, 0, LENGTH, MARK, 0, LENGTH);
  }
}
