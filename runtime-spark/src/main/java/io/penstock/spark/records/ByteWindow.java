package io.penstock.spark.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a file from a position on, as far as somebody has looked at them. A byte order mark
 * at the beginning is left out.
 */
public final class ByteWindow implements Closeable {
  private static final int INITIAL_BUFFER = 1 << 16;

  /** The largest array that every JVM can allocate. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EIGHT_LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ALL_BUT_HIGHEST = 0x7F7F7F7F7F7F7F7FL;

  private final InputStream in;
  private byte[] buffer = new byte[INITIAL_BUFFER];
  private int start;
  private int end;
  private boolean ended;
  private long fills;
  private Optional<IOException> failed = Optional.empty();
  private Optional<RuntimeException> refused = Optional.empty();

  public ByteWindow(InputStream in) throws IOException {
    this.in = in;
    if (reach(ByteOrderMark.LENGTH - 1) && ByteOrderMark.startsWith(buffer)) {
      start = ByteOrderMark.LENGTH;
    }
  }

  /** Whether there is a byte so far behind the position; it is read when it hasn't been yet. */
  public boolean reach(int index) throws IOException {
    while (start + index >= end) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far behind the position the line ends: at a line feed, a carriage return or the end of the
   * file, but no further than a limit.
   */
  public int lineEnd(int limit) throws IOException {
    int at = 0;
    do {
      int reached = Math.min(end - start, limit);
      for (; at < reached; at++) {
        byte b = buffer[start + at];
        if (b == '\n' || b == '\r') {
          return at;
        }
      }
    } while (at < limit && fill());
    return at;
  }

  /** The byte so far behind the position, which has been reached. */
  public byte at(int index) {
    return buffer[start + index];
  }

  /** How many bytes from the position on have been reached. */
  public int reached() {
    return end - start;
  }

  /** Moves the position over bytes that have been reached. */
  public void skip(int bytes) {
    start += bytes;
  }

  /** What holds the bytes, until more are reached. */
  public byte[] buffer() {
    return buffer;
  }

  /**
   * How often more bytes may have been reached so far: each time, those of before may have moved in
   * the buffer, or be in another one.
   */
  public long fills() {
    return fills;
  }

  /** Where the position is in the buffer. */
  public int offset() {
    return start;
  }

  /**
   * The bytes from the position on, which are reached as they are read. It ends with the file, or
   * with a number of bytes; the position has to stay where it is.
   */
  public InputStream stream(int length) {
    return new InputStream() {
      private int at;

      @Override
      public int read() throws IOException {
        return at < length && reach(at) ? Byte.toUnsignedInt(at(at++)) : -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int most) throws IOException {
        if (most == 0) {
          return 0;
        }
        if (at >= length || !reach(at)) {
          return -1;
        }
        int read = Math.min(most, Math.min(length, reached()) - at);
        System.arraycopy(buffer, start + at, bytes, offset, read);
        at += read;
        return read;
      }
    };
  }

  /** The number of line feeds in the bytes from the position on. */
  public int lineFeeds(int length) {
    int count = 0;
    int at = start;
    int stop = start + length;
    for (; at + Long.BYTES <= stop; at += Long.BYTES) {
      long others = (long) EIGHT_BYTES.get(buffer, at) ^ EIGHT_LINE_FEEDS;
      // The highest bit of each byte, where all bits of the byte are zero.
      long zeros = ~(((others & ALL_BUT_HIGHEST) + ALL_BUT_HIGHEST) | others | ALL_BUT_HIGHEST);
      count += Long.bitCount(zeros);
    }
    for (; at < stop; at++) {
      if (buffer[at] == '\n') {
        count++;
      }
    }
    return count;
  }

  /** The text of the bytes from the position on; those that aren't UTF-8 are replaced. */
  public String text(int length) {
    return new String(buffer, start, length, StandardCharsets.UTF_8);
  }

  /** Whether the bytes from the position on are UTF-8. */
  public boolean isUtf8(int length) {
    return Utf8.isValid(buffer, start, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Appends more bytes; false at the end of the file. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    fills++;
    if (start > 0 && end == buffer.length) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, LONGEST_ARRAY));
    }
    int read = read();
    if (read > 0) {
      end += read;
    }
    ended = read < 0;
    return read > 0;
  }

  /** A stream that failed isn't asked again: it might go on behind what it couldn't read. */
  private int read() throws IOException {
    if (failed.isPresent()) {
      throw failed.get();
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    try {
      return in.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      failed = Optional.of(e);
      throw e;
    } catch (RuntimeException e) {
      refused = Optional.of(e);
      throw e;
    }
  }
}
