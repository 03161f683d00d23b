package io.penstock.spec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** Finds encodings of text by their names, and tells which can be written. */
final class Encodings {
  /** The characters of which numbers, times and the divisions of records are made. */
  private static final String CSV =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.:, '\"\t\r\n";

  private Encodings() {}

  /**
   * An encoding.
   *
   * @param name of IANA or of the JDK, {@code windows-1252}
   */
  static Charset named(String name) {
    try {
      return Charset.forName(Names.text("an encoding", name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as an encoding: Java knows none of this name. Fix: write one such as 'ISO-8859-1', 'windows-1252', 'UTF-16' or 'Shift_JIS'."
              .formatted(name),
          e);
    }
  }

  /**
   * Requires that CSV can be written in an encoding piece by piece.
   *
   * @throws IllegalArgumentException when Java can't write it, or not the delimiter
   */
  static void requireWritable(Charset encoding, String delimiter) {
    if (!encoding.canEncode() || !holds(physical(encoding), CSV)) {
      throw new IllegalArgumentException(
          "Cannot write an export in '%s': Java only reads it, or it lacks characters of which CSV is made. Fix: write it in one such as 'UTF-8', 'windows-1252' or 'UTF-16'."
              .formatted(encoding.name()));
    }
    if (!holds(physical(encoding), delimiter)) {
      throw new IllegalArgumentException(
          "Cannot use the delimiter '%s' in an export in %s: the encoding doesn't have it. Fix: choose another delimiter or encoding."
              .formatted(delimiter, encoding.name()));
    }
  }

  /** The encoding of the bytes behind a byte order mark, which Java would write again each time. */
  private static Charset physical(Charset encoding) {
    return switch (encoding.name()) {
      case "UTF-16", "UTF-32" -> Charset.forName(encoding.name() + "LE");
      default -> encoding;
    };
  }

  /** Whether a text that is written twice, each time by itself, is read as the text twice. */
  private static boolean holds(Charset encoding, String text) {
    try {
      ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(text));
      ByteBuffer twice = ByteBuffer.allocate(2 * bytes.remaining());
      twice.put(bytes.duplicate()).put(bytes.duplicate()).flip();
      return encoding.newDecoder().decode(twice).toString().equals(text + text);
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
