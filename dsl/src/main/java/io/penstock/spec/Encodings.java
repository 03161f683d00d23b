package io.penstock.spec;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** Finds encodings of text by their names. */
final class Encodings {
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
}
