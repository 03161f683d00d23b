package io.penstock.spark.files;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Flushes files and directories to the local disk, so that they survive a power failure: the bytes
 * of a file, and its name, which is an entry of its directory.
 */
final class LocalDisk {
  private static final int BUFFER = 1 << 16;

  private LocalDisk() {}

  /**
   * Creates a file and its directories. Closing the stream flushes the bytes, not the file's name:
   * {@link #sync} its directory for that.
   */
  static OutputStream create(Path path) throws IOException {
    createDirectories(path.getParent());
    // FileOutputStream can't create exclusively, and a stream of nio has no channel to sync.
    Files.createFile(path);
    return new SyncedOutputStream(new FileOutputStream(path.toFile()));
  }

  private static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    // Synced even if another process creates them meanwhile: it may not sync them.
    Files.createDirectories(directory);
    for (Path made : missing) {
      sync(made.getParent());
    }
  }

  /** Flushes a file's bytes, or a directory's entries. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class SyncedOutputStream extends FilterOutputStream {
    private final FileOutputStream file;
    private boolean closed;

    SyncedOutputStream(FileOutputStream file) {
      super(new BufferedOutputStream(file, BUFFER));
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (file) {
        out.flush();
        file.getChannel().force(true);
      }
    }
  }
}
