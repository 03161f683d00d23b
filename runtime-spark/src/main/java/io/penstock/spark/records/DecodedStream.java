package io.penstock.spark.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text of another encoding as UTF-8. Bytes that stand for no text become one that UTF-8 doesn't
 * know.
 */
final class DecodedStream extends InputStream {
  private static final int BUFFER = 1 << 15;

  /** Occurs nowhere in UTF-8. */
  private static final byte NO_TEXT = (byte) 0xff;

  private final String path;
  private final InputStream in;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final MisreadUtf8 misread;
  private final TextEncoding.Origin origin;
  private final boolean hasControls;
  private final ByteBuffer encoded = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer characters = CharBuffer.allocate(BUFFER);

  /** The first half of a pair of surrogates, at the end of what was decoded. */
  private Optional<Character> half = Optional.empty();

  private byte[] utf8 = new byte[0];
  private int at;
  private boolean inEnded;
  private boolean ended;

  /**
   * @param origin of the charset: whether the content may be UTF-8 instead
   */
  DecodedStream(String path, InputStream in, Charset charset, TextEncoding.Origin origin) {
    this.path = path;
    this.in = in;
    this.charset = charset;
    this.misread = MisreadUtf8.of(charset);
    this.origin = origin;
    this.hasControls = charset.name().startsWith("ISO-8859-");
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    return fill() ? utf8[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, utf8.length - at);
    System.arraycopy(utf8, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Makes sure that there is a byte to return; false at the end. */
  private boolean fill() throws IOException {
    while (at == utf8.length) {
      if (ended) {
        return false;
      }
      decode();
    }
    return true;
  }

  private void decode() throws IOException {
    if (!inEnded) {
      readMore();
    }
    characters.clear();
    half.ifPresent(characters::put);
    half = Optional.empty();
    CoderResult result = decoder.decode(encoded, characters, inEnded);
    if (result.isUnderflow() && inEnded) {
      decoder.flush(characters);
      ended = true;
      requireNotUtf8();
    }
    characters.flip();
    keepHalfPair();
    utf8 = utf8(characters.toString());
    at = 0;
    if (hasControls) {
      markControls();
    }
    if (result.isError()) {
      encoded.position(encoded.position() + result.length());
      byte[] marked = Arrays.copyOf(utf8, utf8.length + 1);
      marked[utf8.length] = NO_TEXT;
      utf8 = marked;
    }
  }

  /** CESU-8 has the two halves of a pair apart: the second one may still have to come. */
  private void keepHalfPair() {
    int last = characters.limit() - 1;
    if (!ended && last >= 0 && Character.isHighSurrogate(characters.get(last))) {
      half = Optional.of(characters.get(last));
      characters.limit(last);
    }
  }

  /** A half without the other one is no text, for which Java would write a question mark. */
  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.codePoints().noneMatch(DecodedStream::isHalf)) {
      return bytes;
    }
    ByteArrayOutputStream marked = new ByteArrayOutputStream(bytes.length);
    text.codePoints()
        .forEach(
            character -> {
              if (isHalf(character)) {
                marked.write(NO_TEXT);
              } else {
                marked.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
              }
            });
    return marked.toByteArray();
  }

  private static boolean isHalf(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  /** The control characters from 80 to 9F are in no text: rather it is a code page of Windows. */
  private void markControls() {
    for (int i = 0; i + 1 < utf8.length; i++) {
      if (utf8[i] == (byte) 0xc2 && (utf8[i + 1] & 0xff) < 0xa0) {
        utf8[i] = NO_TEXT;
        utf8[i + 1] = NO_TEXT;
      }
    }
  }

  private void readMore() throws IOException {
    encoded.compact();
    int from = encoded.position();
    int count = in.read(encoded.array(), from, encoded.remaining());
    if (count < 0) {
      inEnded = true;
    } else {
      misread.look(encoded.array(), from, count);
      encoded.position(from + count);
    }
    encoded.flip();
  }

  private void requireNotUtf8() {
    if (origin == TextEncoding.Origin.DECLARED && misread.isProbable()) {
      throw MalformedInputException.ofFile(
          path,
          "all of its text that is not ASCII is UTF-8, where " + charset.name() + " is declared",
          "declare .encoding(\"UTF-8\"), or convert the file.");
    }
  }
}
