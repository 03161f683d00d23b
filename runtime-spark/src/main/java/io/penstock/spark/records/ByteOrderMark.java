package io.penstock.spark.records;

import java.util.Arrays;

/** The byte order mark of UTF-8. */
public final class ByteOrderMark {
  public static final int LENGTH = 3;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  public static boolean startsWith(byte[] utf8) {
    return utf8.length >= LENGTH && Arrays.equals(utf8, 0, LENGTH, MARK, 0, LENGTH);
  }
}
