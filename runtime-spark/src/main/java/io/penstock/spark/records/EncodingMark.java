package io.penstock.spark.records;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A byte order mark at the beginning of a file.
 *
 * @param charset that it shows
 * @param declared the name under which such files are declared
 */
record EncodingMark(String charset, String declared, String bytes) {
  private static final int LONGEST = 4;

  /** Those of UTF-32 first: they begin as those of UTF-16 do. */
  private static final List<EncodingMark> ALL =
      List.of(
          new EncodingMark("UTF-32LE", "UTF-32", "fffe0000"),
          new EncodingMark("UTF-32BE", "UTF-32", "0000feff"),
          new EncodingMark("UTF-8", "UTF-8", "efbbbf"),
          new EncodingMark("UTF-16LE", "UTF-16", "fffe"),
          new EncodingMark("UTF-16BE", "UTF-16", "feff"));

  static Optional<EncodingMark> of(byte[] beginning) {
    String bytes = HexFormat.of().formatHex(beginning, 0, Math.min(beginning.length, LONGEST));
    return ALL.stream().filter(mark -> bytes.startsWith(mark.bytes)).findFirst();
  }

  /** Whether a file with this mark is one of the declared encoding. */
  boolean suits(String encoding) {
    return encoding.equals(charset) || encoding.equals(declared);
  }

  int length() {
    return bytes.length() / 2;
  }
}
