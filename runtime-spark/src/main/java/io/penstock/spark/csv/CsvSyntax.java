package io.penstock.spark.csv;

import io.penstock.spec.CsvDialect;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.CsvDialect.Padding;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** The dialect of files in the bytes of UTF-8, by which they are split. */
final class CsvSyntax implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a byte can be the beginning of. */
  static final byte OTHER = 0;

  static final byte QUOTE = 1;
  static final byte DELIMITER = 2;
  static final byte ESCAPE = 3;
  static final byte CARRIAGE_RETURN = 4;
  static final byte LINE_FEED = 5;
  static final byte SPACE = 6;

  private final byte[] kinds = new byte[256];
  private final byte[] delimiter;
  private final byte[] comment;
  private final int skippedLines;
  private final Header header;
  private final Padding padding;

  CsvSyntax(CsvDialect dialect) {
    this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
    this.comment = dialect.comment().orElse("").getBytes(StandardCharsets.UTF_8);
    this.skippedLines = dialect.skippedLines();
    this.header = dialect.header();
    this.padding = dialect.padding();
    if (padding == Padding.TRIMMED) {
      kinds[' '] = SPACE;
      kinds['\t'] = SPACE;
    }
    dialect.quote().ifPresent(quote -> kinds[quote] = QUOTE);
    dialect.escape().ifPresent(escape -> kinds[escape] = ESCAPE);
    kinds['\r'] = CARRIAGE_RETURN;
    kinds['\n'] = LINE_FEED;
    kinds[delimiter[0] & 0xff] = DELIMITER;
  }

  /** What a byte is, or, of a delimiter of several bytes, may be the beginning of. */
  byte kind(byte b) {
    return kinds[b & 0xff];
  }

  byte[] delimiter() {
    return delimiter;
  }

  /** What begins a line that is no record; empty if nothing does. */
  byte[] comment() {
    return comment;
  }

  /** The lines before the header or the first record. */
  int skippedLines() {
    return skippedLines;
  }

  Header header() {
    return header;
  }

  boolean isTrimmed() {
    return padding == Padding.TRIMMED;
  }
}
