package io.penstock.spark.records;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What is UTF-8: table 3-7 of the Unicode standard, "Well-Formed UTF-8 Byte Sequences". Unlike
 * Spark's own test it passes over ASCII eight bytes at a time.
 */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether these bytes are whole characters. */
  static boolean isValid(byte[] bytes, int offset, int length) {
    int stop = offset + length;
    int at = offset;
    while (at < stop) {
      if (bytes[at] < 0) {
        int character = longCharacter(bytes, at, stop);
        if (character == 0) {
          return false;
        }
        at += character;
      } else {
        at = asciiEnd(bytes, at, stop);
      }
    }
    return true;
  }

  /** The first byte that isn't ASCII. */
  private static int asciiEnd(byte[] bytes, int begin, int stop) {
    int at = begin;
    for (; at + Long.BYTES <= stop; at += Long.BYTES) {
      long others = (long) EIGHT_BYTES.get(bytes, at) & HIGHEST_BITS;
      if (others != 0) {
        return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
      }
    }
    while (at < stop && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** How many bytes a character has that isn't ASCII; 0 if it is none. */
  private static int longCharacter(byte[] bytes, int at, int stop) {
    int first = Byte.toUnsignedInt(bytes[at]);
    int length = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || at + length > stop) {
      return 0;
    }
    // Not in more bytes than needed, no half of a surrogate pair, and not above U+10FFFF.
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int greatest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    int second = Byte.toUnsignedInt(bytes[at + 1]);
    if (second < least || second > greatest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
