package io.penstock.spark.csv;

import io.penstock.spark.records.ByteOrderMark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts fields together to records in UTF-8 as RFC 4180 says, with LF as the line end.
 *
 * <p>A text is quoted when it is empty (NULL is empty without quotes), starts or ends with white
 * space, contains the delimiter, a quote, CR or LF, ends with the beginning of the delimiter, or is
 * {@code \.}, which ends the input of PostgreSQL before version 18 when it is alone on a line. A
 * number or a time is quoted when the delimiter stands in it.
 */
final class CsvOutput {
  private static final byte[] END_OF_INPUT = {'\\', '.'};

  private final ByteArrayOutputStream out;
  private final byte[] delimiter;
  private boolean recordStarted;

  CsvOutput(ByteArrayOutputStream out, String delimiter) {
    this.out = out;
    this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins the next field; a field without content is NULL. */
  void field() {
    if (recordStarted) {
      out.writeBytes(delimiter);
    }
    recordStarted = true;
  }

  void endRecord() {
    out.write('\n');
    recordStarted = false;
  }

  /** Text before the first record. */
  void prologue(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Content that needs no quotes, unless the delimiter stands in it. */
  void plain(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (holdsDelimiter(utf8)) {
      quoted(utf8);
    } else {
      out.writeBytes(utf8);
    }
  }

  /** Any text, as UTF-8. */
  void text(byte[] utf8) {
    if (needsQuotes(utf8)) {
      quoted(utf8);
    } else {
      out.writeBytes(utf8);
    }
  }

  /** Any text, as UTF-8, within quotes. */
  void quoted(byte[] utf8) {
    out.write('"');
    for (byte b : utf8) {
      if (b == '"') {
        out.write('"');
      }
      out.write(b);
    }
    out.write('"');
  }

  private boolean needsQuotes(byte[] utf8) {
    if (utf8.length == 0 || isSpace(utf8[0]) || isSpace(utf8[utf8.length - 1])) {
      return true;
    }
    for (byte b : utf8) {
      if (b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    // An unquoted mark at the start of a file would be read as the mark of the file.
    return Arrays.equals(utf8, END_OF_INPUT)
        || ByteOrderMark.startsWith(utf8)
        || holdsDelimiter(utf8);
  }

  /**
   * Whether the delimiter stands in a text, or would be found too early when it follows: {@code a|}
   * before {@code ||}.
   */
  private boolean holdsDelimiter(byte[] utf8) {
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == delimiter[0] && beginsDelimiter(utf8, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean beginsDelimiter(byte[] utf8, int from) {
    int length = Math.min(delimiter.length, utf8.length - from);
    return Arrays.equals(utf8, from, from + length, delimiter, 0, length);
  }

  private static boolean isSpace(byte b) {
    return b >= 0 && b <= ' ';
  }
}
