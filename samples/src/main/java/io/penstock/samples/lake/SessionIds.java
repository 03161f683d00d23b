package io.penstock.samples.lake;

import java.util.Locale;

/**
 * Session ids: eight hexadecimal digits that never repeat.
 *
 * <p>Some of them look like numbers ({@code 00807262}, {@code 250e0187}), which whoever guesses
 * types from values gets wrong.
 */
final class SessionIds {
  private int next = 1;

  /** Every step maps the 32-bit numbers onto themselves, so different numbers stay different. */
  String next() {
    int id = next++;
    id *= 0x2F6B4C1D;
    id ^= id >>> 15;
    id *= 0x5D3A9E47;
    id ^= id >>> 13;
    return String.format(Locale.ROOT, "%08x", id);
  }
}
