package io.penstock.spark.records;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses the encoding of text from its bytes. A guess is only ever the fix of a message: nothing
 * is read by it.
 */
final class EncodingGuess {
  /** Of a file in it nearly all bytes are text in the encodings of western Europe, too. */
  static final String WESTERN = "windows-1252";

  private static final int SHORTEST_NARROW = 16;
  private static final Charset WINDOWS_1252 = Charset.forName(WESTERN);

  /** Characters that stand between two letters and are none: … ’ – — and others without a form. */
  private static final String BETWEEN_LETTERS = "\u2026\u2019\u2013\u2014\u00A0\u00AD\u00B7";

  /** How far around a byte others are looked at. */
  private static final int AROUND = 256;

  /** Of letters that aren't ASCII, and quotes beside them; words of other scripts are longer. */
  private static final int LONGEST_RUN = 3;

  /** In bytes of UTF-8. */
  private static final int LONGEST_CHARACTER = 4;

  /** Fewer bytes may be alike by chance. */
  private static final int SHORTEST = 8;

  private EncodingGuess() {}

  /**
   * An encoding whose characters have several bytes, of which some are zero.
   *
   * @param sign what tells it, to be put after a colon
   */
  record Wide(String name, String sign) {}

  /** UTF-16 or UTF-32 without a byte order mark. */
  static Optional<Wide> wide(byte[] beginning) {
    if (beginning.length < 4) {
      return Optional.empty();
    }
    boolean[] zero = new boolean[4];
    for (int i = 0; i < zero.length; i++) {
      zero[i] = beginning[i] == 0;
    }
    if (zero[1] && zero[2] && zero[0] != zero[3]) {
      return Optional.of(
          new Wide(
              zero[3] ? "UTF-32LE" : "UTF-32BE",
              "three of four bytes at its beginning are zero, as in"));
    }
    // The first two characters are ASCII.
    if ((zero[0] && zero[2]) != (zero[1] && zero[3])) {
      return Optional.of(
          new Wide(
              zero[1] ? "UTF-16LE" : "UTF-16BE",
              "every second byte at its beginning is zero, as in"));
    }
    String sign = "every second byte at its beginning is near zero, as in";
    if (beginning.length >= SHORTEST && areSmall(beginning, 1)) {
      return Optional.of(new Wide("UTF-16LE", sign));
    }
    return beginning.length >= SHORTEST && areSmall(beginning, 0)
        ? Optional.of(new Wide("UTF-16BE", sign))
        : Optional.empty();
  }

  /** Whether each second byte may be the higher one of a letter of Europe or the Near East. */
  private static boolean areSmall(byte[] bytes, int first) {
    boolean any = false;
    for (int i = 0; i < bytes.length; i++) {
      boolean isHigher = i % 2 == first;
      if (isHigher ? bytes[i] < 0 || bytes[i] > ' ' : bytes[i] == 0) {
        return false;
      }
      any |= bytes[i] == 0;
    }
    return any;
  }

  /**
   * Whether this is text in UTF-8 (but for a last character that is cut off) or in the western
   * encoding: text in a wide one has zeros where a line ends. Too few characters of a wide encoding
   * may look like either by chance.
   */
  static boolean isNarrow(byte[] beginning) {
    Seen seen = Seen.of(beginning, 0, beginning.length);
    int cut = beginning.length - validPrefix(beginning, 0, beginning.length);
    return (beginning.length >= SHORTEST_NARROW || holdsLineFeed(beginning))
        && !seen.controls
        && (seen.isWestern()
            || cut == 0
            || (cut < LONGEST_CHARACTER && beginning.length == FileBeginning.LENGTH));
  }

  private static boolean holdsLineFeed(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n') {
        return true;
      }
    }
    return false;
  }

  /**
   * What is wrong with a record that isn't UTF-8.
   *
   * @param beginning of its file
   */
  static Defect notUtf8(byte[] beginning, byte[] buffer, int offset, int length) {
    String reason = "it is not valid UTF-8";
    int at = offset + validPrefix(buffer, offset, length);
    int from = Math.max(offset, at - AROUND);
    int to = Math.min(offset + length, at + AROUND);
    Seen around = Seen.of(buffer, from, to);
    Seen first = Seen.of(beginning, 0, beginning.length);
    if (around.utf8 || first.utf8) {
      return new Defect(reason + ", but other characters of the file are");
    }
    if (at < offset + length && around.isWestern() && (first.isAscii() || first.isWestern())) {
      return new Defect(
          reason + "; its byte " + byteAndCharacter(buffer[at]) + " in " + WESTERN,
          ifFileIsIn(WESTERN));
    }
    return new Defect(reason, ifFileIsInAnother());
  }

  static String ifFileIsIn(String encoding) {
    return "declare .encoding(\""
        + encoding
        + "\") if the file is in it, or else correct the file.";
  }

  static String ifFileIsInAnother() {
    return "declare the .encoding(…) that the file is in, or else correct the file.";
  }

  private static String byteAndCharacter(byte b) {
    String character = character(b);
    boolean visible = !"\u00A0\u00AD".contains(character);
    return "0x"
        + Integer.toHexString(b & 0xff).toUpperCase(Locale.ROOT)
        + " may be "
        + (visible
            ? "'" + character + "'"
            : "U+00" + Integer.toHexString(b & 0xff).toUpperCase(Locale.ROOT));
  }

  private static String character(byte b) {
    return new String(new byte[] {b}, WINDOWS_1252);
  }

  /** The number of bytes before the first one that isn't UTF-8. */
  private static int validPrefix(byte[] buffer, int offset, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
    CharBuffer characters = CharBuffer.allocate(1 << 12);
    while (decoder.decode(bytes, characters, true).isOverflow()) {
      characters.clear();
    }
    return bytes.position() - offset;
  }

  /** What stands in some bytes. */
  private static final class Seen {
    private boolean high;
    private boolean controls;
    private boolean utf8;

    /** A byte that is no character of the western encoding, or none of its place. */
    private boolean unlikely;

    private int longestRun;

    private static Seen of(byte[] bytes, int from, int to) {
      Seen seen = new Seen();
      int run = 0;
      for (int i = from; i < to; i++) {
        byte b = bytes[i];
        run = b < 0 ? run + 1 : 0;
        seen.longestRun = Math.max(seen.longestRun, run);
        seen.high |= b < 0;
        seen.controls |= b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r';
        if (b < 0) {
          seen.utf8 |= run == 1 && isSequence(bytes, i, to);
          String character = character(b);
          boolean inWord =
              i > from && i + 1 < to && isLetter(bytes[i - 1]) && isLetter(bytes[i + 1]);
          seen.unlikely |=
              character.equals("\uFFFD")
                  || (inWord
                      && !Character.isLetter(character.charAt(0))
                      && !BETWEEN_LETTERS.contains(character));
        }
      }
      return seen;
    }

    private static boolean isLetter(byte b) {
      return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    /** Whether a character of several bytes in UTF-8 begins here, and stands between others. */
    private static boolean isSequence(byte[] bytes, int at, int to) {
      int end = at;
      while (end < to && bytes[end] < 0) {
        end++;
      }
      return end > at + 1 && validPrefix(bytes, at, end - at) == end - at;
    }

    boolean isAscii() {
      return !high && !controls;
    }

    /** Whether it looks like text of western Europe in an encoding of single bytes. */
    boolean isWestern() {
      return high && !controls && !utf8 && !unlikely && longestRun <= LONGEST_RUN;
    }
  }
}
