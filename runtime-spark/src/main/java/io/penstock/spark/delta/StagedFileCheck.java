package io.penstock.spark.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.text.ExceptionText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Makes sure that staged files still exist. Delta doesn't: it accepts a commit of missing files,
 * and the table can't be read afterwards.
 */
final class StagedFileCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StagedFileCheck() {}

  /**
   * @param files as actions of Delta's log
   * @throws UnpublishableException when a file is gone or has another length
   */
  static void require(Path table, List<String> files, Configuration configuration) {
    Map<Path, Map<String, Long>> listed = new HashMap<>();
    for (String action : files) {
      JsonNode added = added(action);
      Path path = location(table, added.required("path").textValue());
      Long length =
          listed
              .computeIfAbsent(path.getParent(), directory -> lengths(directory, configuration))
              .get(path.getName());
      if (length == null) {
        throw DeltaErrors.stagedFileGone(table, path);
      }
      long written = added.required("size").longValue();
      if (length != written) {
        throw DeltaErrors.stagedFileChanged(table, path, written, length);
      }
    }
  }

  /** The file that an action adds. */
  static JsonNode added(String action) {
    try {
      return JSON.readTree(action).required("add");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read a staged file's action: " + action, e);
    }
  }

  /** Delta names a file by a URI, relative to the table as a rule. */
  static Path location(Path table, String name) {
    Path path = new Path(URI.create(name));
    return path.isAbsolute() ? path : new Path(table, path);
  }

  // One listing per directory, since on an object store one request per file takes seconds.
  private static Map<String, Long> lengths(Path directory, Configuration configuration) {
    Map<String, Long> lengths = new HashMap<>();
    try {
      for (FileStatus status : directory.getFileSystem(configuration).listStatus(directory)) {
        lengths.put(status.getPath().getName(), status.getLen());
      }
    } catch (FileNotFoundException e) {
      return lengths;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list " + directory + ": " + ExceptionText.sentence(e), e);
    }
    return lengths;
  }
}
