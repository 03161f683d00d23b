package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that always holds one whole JSON document, whatever happens to the process: each content
 * is written beside it and moved in its place.
 */
public final class ResultFile {
  private final Path path;
  private final Path draft;

  public ResultFile(Path path) {
    this.path = path.toAbsolutePath();
    this.draft =
        this.path.resolveSibling(
            "." + this.path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
  }

  /**
   * Replaces the content.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when the file can't be written
   */
  public synchronized void replace(JsonNode document) {
    try {
      Files.writeString(draft, document.toPrettyString() + "\n", StandardCharsets.UTF_8);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      removeDraft(e);
      throw ResultErrors.resultFile(path, e);
    }
  }

  private void removeDraft(IOException reason) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
