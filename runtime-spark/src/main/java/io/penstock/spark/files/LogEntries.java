package io.penstock.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes what Delta's log stores are asked to write, so that one of any number of writers wins. */
final class LogEntries {
  private LogEntries() {}

  /**
   * Writes a version, or a file beside the versions.
   *
   * @param actions the lines
   * @param overwrite false for versions: what is there stays
   * @throws FileAlreadyExistsException when the version is another writer's, which is how Delta
   *     wants to hear of it
   */
  static void write(
      Path path, Iterator<String> actions, boolean overwrite, Configuration configuration)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    actions.forEachRemaining(action -> lines.append(action).append('\n'));
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      if (overwrite) {
        LakeFiles.of(path, configuration).replace(path, content);
      } else if (!new PutIfAbsent(configuration).put(path, content)) {
        throw new FileAlreadyExistsException(path.toString());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
