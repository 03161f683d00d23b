package io.penstock.spark.records;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes text in an encoding, one that {@link TextEncoding} reads back as the same text. What is
 * written piece by piece can be put together.
 */
public final class TextEncoder {
  private final TextEncoding encoding;
  private final CharsetEncoder encoder;
  private final CharsetDecoder decoder;
  private final boolean hasControls;
  private final boolean holdsAll;

  TextEncoder(TextEncoding encoding, Charset charset) {
    this.encoding = encoding;
    this.encoder = charset.newEncoder();
    this.decoder = charset.newDecoder();
    this.hasControls = charset.name().startsWith("ISO-8859-");
    this.holdsAll = charset.name().startsWith("UTF-");
  }

  /** The name of the encoding. */
  public String name() {
    return encoding.name();
  }

  /** The bytes of a text; empty if the encoding doesn't have one of its characters. */
  public Optional<byte[]> encode(String text) {
    if (hasControls && text.chars().anyMatch(TextEncoder::isControl)) {
      return Optional.empty();
    }
    try {
      ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
      // Some encoders write one character for another: Shift_JIS has no yen sign of its own.
      if (!holdsAll && !decoder.decode(encoded.duplicate()).toString().equals(text)) {
        return Optional.empty();
      }
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The first character of a text that the encoding doesn't have: {@code U+20AC}. */
  public Optional<String> missing(String text) {
    return text.codePoints()
        .filter(character -> encode(Character.toString(character)).isEmpty())
        .mapToObj(character -> "U+" + hexadecimal(character))
        .findFirst();
  }

  /** Readers take it for a character of Windows' code page of that language. */
  private static boolean isControl(int character) {
    return character >= 0x80 && character < 0xa0;
  }

  private static String hexadecimal(int character) {
    String digits = Integer.toHexString(character).toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
