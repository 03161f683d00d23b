package io.penstock.samples.lake;

import java.util.Locale;

/**
 * Session ids: eight hexadecimal digits that never repeat.
 *
 * <p>Some of them look like numbers ({@code 00807262}, {@code 250e0187}), which breaks readers that
 * infer types from values.
 */
final class SessionIds {
  private int next = 1;

  /** Each step is a bijection of 32-bit numbers, so different numbers stay different. */
  String next() {
    int id = next++;
    id *= 0x2F6B4C1D;
    id ^= id >>> 15;
    id *= 0x5D3A9E47;
    id ^= id >>> 13;
    return String.format(Locale.ROOT, "%08x", id);
  }
}
