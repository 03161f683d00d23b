package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that always holds one whole JSON document, whatever happens to the process: each content
 * is written to a temporary file beside it, which then replaces it. A symbolic link stays one, and
 * the file that it leads to is replaced. A pipe or a device such as {@code /dev/stderr} is written
 * to.
 */
public final class ResultFile {
  private static final int MAX_LINKS = 40;

  private final Path path;

  public ResultFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * Replaces the content.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when the file can't be written
   */
  public synchronized void replace(JsonNode document) {
    String content = document.toPrettyString() + "\n";
    try {
      if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
        write(content);
      } else {
        replace(target(), content);
      }
    } catch (IOException e) {
      throw ResultErrors.resultFile(path, e);
    }
  }

  /** Opened for reading too, so that a pipe that nobody reads doesn't keep the run waiting. */
  private void write(String content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static void replace(Path target, String content) throws IOException {
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.writeString(temporary, content, StandardCharsets.UTF_8);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      removeTemporary(temporary, e);
      throw e;
    }
  }

  /** Where the links lead, also to what isn't there yet. */
  private Path target() throws IOException {
    Path target = path;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void removeTemporary(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
