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
  /** Those of UTF-32 first: they begin as those of UTF-16 do. */
  private static final List<EncodingMark> ALL =
      List.of(
          new EncodingMark("UTF-32LE", "UTF-32", "fffe0000"),
          new EncodingMark("UTF-32BE", "UTF-32", "0000feff"),
          new EncodingMark("UTF-8", "UTF-8", "efbbbf"),
          new EncodingMark("UTF-16LE", "UTF-16", "fffe"),
          new EncodingMark("UTF-16BE", "UTF-16", "feff"));

  static Optional<EncodingMark> of(byte[] beginning) {
    String bytes = HexFormat.of().formatHex(beginning);
    return ALL.stream().filter(mark -> bytes.startsWith(mark.bytes)).findFirst();
  }

  /** The encoding of a file without a mark, when its first two characters are ASCII. */
  static Optional<String> guess(byte[] beginning) {
    if (beginning.length < 4) {
      return Optional.empty();
    }
    boolean evenAreZero = beginning[0] == 0 && beginning[2] == 0;
    boolean oddAreZero = beginning[1] == 0 && beginning[3] == 0;
    if (evenAreZero == oddAreZero) {
      return Optional.empty();
    }
    return Optional.of(oddAreZero ? "UTF-16LE" : "UTF-16BE");
  }

  /** Whether a file with this mark is one of the declared encoding. */
  boolean suits(String encoding) {
    return encoding.equals(charset) || encoding.equals(declared);
  }

  int length() {
    return bytes.length() / 2;
  }
}
