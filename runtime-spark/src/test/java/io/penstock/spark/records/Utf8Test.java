package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** Of each kind of byte behind the first one the least and the greatest. */
  private static final int[] EDGES = {
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xFF
  };

  @Test
  void theSameIsUtf8AsForSpark() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        for (int third : EDGES) {
          for (int fourth : EDGES) {
            byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
            for (int length = 1; length <= 4; length++) {
              assertSame(Arrays.copyOf(bytes, length));
            }
          }
        }
      }
    }
  }

  @Test
  void wherever() {
    byte[] bad = {(byte) 0xC3};
    byte[] good = {(byte) 0xC3, (byte) 0xA9};
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at <= length; at++) {
        assertSame(among(length, at, bad));
        assertSame(among(length, at, good));
      }
    }
  }

  private static byte[] among(int length, int at, byte[] character) {
    byte[] bytes = new byte[length + character.length];
    Arrays.fill(bytes, (byte) 'a');
    System.arraycopy(character, 0, bytes, at, character.length);
    return bytes;
  }

  private static void assertSame(byte[] bytes) {
    boolean expected = UTF8String.fromBytes(bytes).isValid();
    byte[] within = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, within, 2, bytes.length);
    if (Utf8.isValid(within, 2, bytes.length) != expected) {
      assertThat(Arrays.toString(bytes)).as("UTF-8: " + !expected).isNull();
    }
  }
}
