package io.penstock.spark.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a file into lines, as bytes. A line ends with a line feed, a carriage return, or both. A
 * byte order mark at the beginning belongs to no line.
 */
public final class LineReader implements Closeable {
  private final ByteWindow bytes;
  private int length;
  private boolean tooLong;
  private long line;

  public LineReader(InputStream in) throws IOException {
    this.bytes = new ByteWindow(in);
  }

  /** Moves to the next line; false at the end of the file. */
  public boolean next() throws IOException {
    passLine();
    length = 0;
    tooLong = false;
    if (!bytes.reach(0)) {
      return false;
    }
    line++;
    int end = bytes.lineEnd(RecordFormat.LONGEST_RECORD + 1);
    tooLong = end > RecordFormat.LONGEST_RECORD;
    length = Math.min(end, RecordFormat.LONGEST_RECORD);
    return true;
  }

  /** Passes the line that was read, with its end. */
  private void passLine() throws IOException {
    bytes.skip(length);
    if (line == 0) {
      return;
    }
    while (tooLong && bytes.reach(0) && !isLineEnd(bytes.at(0))) {
      bytes.skip(1);
    }
    if (bytes.reach(0)) {
      boolean carriageReturn = bytes.at(0) == '\r';
      bytes.skip(1);
      if (carriageReturn && bytes.reach(0) && bytes.at(0) == '\n') {
        bytes.skip(1);
      }
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  /** The physical line, from 1. */
  public long line() {
    return line;
  }

  /** What holds the line's bytes, until the next one is read. */
  public byte[] buffer() {
    return bytes.buffer();
  }

  /** Where the line begins in the buffer. */
  public int offset() {
    return bytes.offset();
  }

  /** The number of its bytes, without the line end. */
  public int length() {
    return length;
  }

  /** Whether it is longer than a record may be; then only its beginning is here. */
  public boolean isTooLong() {
    return tooLong;
  }

  public boolean isUtf8() {
    return bytes.isUtf8(length);
  }

  /** The line as text; bytes that aren't UTF-8 are replaced. */
  public String text() {
    return bytes.text(length);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
