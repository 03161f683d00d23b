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
 * Files and directories of this machine that have reached the disk, so that they survive a power
 * cut: what a file holds, and also its name, which is an entry of its directory.
 */
final class LocalDisk {
  private static final int BUFFER = 1 << 16;

  private LocalDisk() {}

  /**
   * A new file whose bytes have reached the disk when it is closed, in directories that have. Its
   * name hasn't yet: {@link #sync} its directory.
   */
  static OutputStream create(Path path) throws IOException {
    createDirectories(path.getParent());
    // FileOutputStream has no exclusive creation, and the channel's stream no channel to sync.
    Files.createFile(path);
    return new SyncedOutputStream(new FileOutputStream(path.toFile()));
  }

  /** Makes a directory with all above it that aren't there. */
  private static void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    // Also when somebody else makes them meanwhile: he may not care for the disk.
    Files.createDirectories(directory);
    for (Path made : missing) {
      sync(made.getParent());
    }
  }

  /** Brings a file's bytes, or a directory's names, to the disk. */
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
