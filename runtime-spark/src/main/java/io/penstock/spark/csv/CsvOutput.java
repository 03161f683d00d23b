package io.penstock.spark.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts fields and records into bytes after RFC 4180, with LF as the line end.
 *
 * <p>A text is quoted when it is empty (NULL is empty without quotes), starts or ends with white
 * space, holds a comma, quote, CR or LF, or is {@code \.}, which alone on a line ends the input of
 * PostgreSQL before version 18.
 */
final class CsvOutput {
  private static final byte[] END_OF_INPUT = {'\\', '.'};

  private final OutputStream out;
  private boolean recordStarted;

  /**
   * @param out buffered
   */
  CsvOutput(OutputStream out) {
    this.out = out;
  }

  /** Begins the next field; a field that gets no content is NULL. */
  void field() throws IOException {
    if (recordStarted) {
      put(',');
    }
    recordStarted = true;
  }

  void endRecord() throws IOException {
    put('\n');
    recordStarted = false;
  }

  /** What never needs quotes. */
  void plain(String text) throws IOException {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** UTF-8 that may hold anything. */
  void text(byte[] utf8) throws IOException {
    if (!needsQuotes(utf8)) {
      put(utf8);
      return;
    }
    put('"');
    for (byte b : utf8) {
      if (b == '"') {
        put('"');
      }
      put(b);
    }
    put('"');
  }

  private static boolean needsQuotes(byte[] utf8) {
    if (utf8.length == 0 || isSpace(utf8[0]) || isSpace(utf8[utf8.length - 1])) {
      return true;
    }
    for (byte b : utf8) {
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return Arrays.equals(utf8, END_OF_INPUT) || startsWithByteOrderMark(utf8);
  }

  /** Unquoted at the very start of a file it would pass for the file's own. */
  private static boolean startsWithByteOrderMark(byte[] utf8) {
    return utf8.length >= 3
        && utf8[0] == (byte) 0xEF
        && utf8[1] == (byte) 0xBB
        && utf8[2] == (byte) 0xBF;
  }

  private static boolean isSpace(byte b) {
    return b >= 0 && b <= ' ';
  }

  private void put(byte[] value) throws IOException {
    out.write(value);
  }

  private void put(int value) throws IOException {
    out.write(value);
  }
}
