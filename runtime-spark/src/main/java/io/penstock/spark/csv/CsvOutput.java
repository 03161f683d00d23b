package io.penstock.spark.csv;

import io.penstock.spark.records.ByteOrderMark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes fields and records as RFC 4180 says, with LF as the line end.
 *
 * <p>A text is quoted when it is empty (NULL is empty without quotes), starts or ends with white
 * space, contains a comma, quote, CR or LF, or is {@code \.}, which ends the input of PostgreSQL
 * before version 18 when it is alone on a line.
 */
final class CsvOutput {
  private static final byte[] END_OF_INPUT = {'\\', '.'};

  private final ByteArrayOutputStream out;
  private boolean recordStarted;

  CsvOutput(ByteArrayOutputStream out) {
    this.out = out;
  }

  /** Begins the next field; a field without content is NULL. */
  void field() {
    if (recordStarted) {
      out.write(',');
    }
    recordStarted = true;
  }

  void endRecord() {
    out.write('\n');
    recordStarted = false;
  }

  /** Content that never needs quotes. */
  void plain(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Any text, as UTF-8. */
  void text(byte[] utf8) {
    if (!needsQuotes(utf8)) {
      out.writeBytes(utf8);
      return;
    }
    out.write('"');
    for (byte b : utf8) {
      if (b == '"') {
        out.write('"');
      }
      out.write(b);
    }
    out.write('"');
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
    // An unquoted mark at the start of a file would be read as the mark of the file.
    return Arrays.equals(utf8, END_OF_INPUT) || ByteOrderMark.startsWith(utf8);
  }

  private static boolean isSpace(byte b) {
    return b >= 0 && b <= ' ';
  }
}
