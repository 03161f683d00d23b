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
 * is written beside it and moved in its place. A symbolic link stays one, and the file that it
 * leads to is replaced. What is no file, such as a pipe or {@code /dev/stderr}, is written to.
 */
public final class ResultFile {
  private static final int MOST_LINKS = 40;

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
    Path draft =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.writeString(draft, content, StandardCharsets.UTF_8);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      removeDraft(draft, e);
      throw e;
    }
  }

  /** Where the links lead, also to what isn't there yet. */
  private Path target() throws IOException {
    Path target = path;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void removeDraft(Path draft, IOException reason) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
