package io.penstock.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes the files of Delta's log, so that exactly one of any number of writers succeeds. */
final class LogEntries {
  private LogEntries() {}

  /**
   * Writes a version, or another file of the log.
   *
   * @param actions the lines
   * @param overwrite false for versions, of which an existing one stays
   * @throws FileAlreadyExistsException when another writer has written the version, as Delta's
   *     interface demands
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
