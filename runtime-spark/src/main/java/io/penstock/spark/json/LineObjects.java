package io.penstock.spark.json;

import io.penstock.spark.records.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a file, each of which has to be an object. Blank lines are passed over. */
final class LineObjects implements ObjectTexts {
  private final LineReader lines;
  private int blanks;

  LineObjects(InputStream content) throws IOException {
    this.lines = new LineReader(content);
  }

  @Override
  public boolean next() throws IOException {
    while (lines.next()) {
      blanks = 0;
      while (blanks < lines.length() && isBlank(lines.buffer()[lines.offset() + blanks])) {
        blanks++;
      }
      if (blanks < lines.length()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  @Override
  public Optional<String> defect() {
    if (lines.isTooLong()) {
      return Optional.of("the line is longer than 16 MiB");
    }
    return buffer()[offset()] == '['
        ? Optional.of("it begins an array: declare multiLine() where a file holds one")
        : Optional.empty();
  }

  @Override
  public String unclosed() {
    return "its JSON object is not closed: declare multiLine() where objects take several lines";
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long nextLine() {
    return lines.line() + 1;
  }

  @Override
  public byte[] buffer() {
    return lines.buffer();
  }

  @Override
  public int offset() {
    return lines.offset() + blanks;
  }

  @Override
  public int length() {
    return lines.length() - blanks;
  }

  @Override
  public boolean isUtf8() {
    return lines.isUtf8();
  }

  @Override
  public String text() {
    return lines.text();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
