package io.penstock.spark.records;

import com.github.luben.zstd.ZstdBufferDecompressingStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decompresses all frames of a zstd file, and fails when the last one is cut off. The library's own
 * stream takes a frame that is cut off for the end of the file if the frame begins in the buffer in
 * which the previous frame ends (zstd-jni 1.5.7).
 */
final class ZstdFrames extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream file;
  private final Frames frames;
  private final byte[] compressed = new byte[BUFFER];
  private final ByteBuffer decompressed = ByteBuffer.allocate(BUFFER).flip();
  private boolean isRead;

  ZstdFrames(InputStream file) {
    this.file = file;
    this.frames = new Frames();
  }

  @Override
  public int read() throws IOException {
    return fill() ? decompressed.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, decompressed.remaining());
    decompressed.get(target, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (decompressed.hasRemaining()) {
      return true;
    }
    decompressed.clear();
    while (decompressed.position() == 0 && frames.hasRemaining()) {
      frames.read(decompressed);
      if (decompressed.position() == 0 && isRead && frames.hasRemaining()) {
        throw new EOFException("The last zstd frame is cut off");
      }
    }
    decompressed.flip();
    return decompressed.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      frames.close();
    }
  }

  private final class Frames extends ZstdBufferDecompressingStream {
    Frames() {
      super(ByteBuffer.wrap(new byte[0]));
    }

    @Override
    protected ByteBuffer refill(ByteBuffer read) {
      try {
        int count = file.read(compressed);
        isRead = count < 0;
        return ByteBuffer.wrap(compressed, 0, Math.max(count, 0));
      } catch (IOException e) {
        throw new UnreadFileException(e);
      }
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
      try {
        return super.read(target);
      } catch (UnreadFileException e) {
        throw e.failure();
      }
    }
  }

  /** Carries a failure of the file through the library, whose interface declares none. */
  private static final class UnreadFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadFileException(IOException failure) {
      super(failure);
    }

    IOException failure() {
      return (IOException) getCause();
    }
  }
}
