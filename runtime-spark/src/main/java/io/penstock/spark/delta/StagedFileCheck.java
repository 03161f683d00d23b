package io.penstock.spark.delta;

import io.penstock.spark.delta.DeltaAdapter.DataFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Makes sure that staged files are still there, which Delta doesn't: a commit of vanished files is
 * accepted and leaves a table that cannot be read.
 */
final class StagedFileCheck {
  private StagedFileCheck() {}

  static void require(StagedWrite staged) {
    DeltaAdapter adapter = staged.table().adapter();
    Map<Path, Map<String, Long>> listed = new HashMap<>();
    for (DataFile file : staged.dataFiles()) {
      Path path = adapter.location(file);
      Path directory = path.getParent();
      if (!listed.containsKey(directory)) {
        listed.put(directory, lengths(adapter, directory));
      }
      Long length = listed.get(directory).get(path.getName());
      if (length == null) {
        throw DeltaErrors.stagedFileGone(staged.path(), path);
      }
      if (length != file.bytes()) {
        throw DeltaErrors.stagedFileChanged(staged.path(), path, file.bytes(), length);
      }
    }
  }

  // A listing per directory, since on an object store a question per file takes seconds.
  private static Map<String, Long> lengths(DeltaAdapter adapter, Path directory) {
    Map<String, Long> lengths = new HashMap<>();
    try {
      FileSystem files = directory.getFileSystem(adapter.hadoopConfiguration());
      for (FileStatus status : files.listStatus(directory)) {
        lengths.put(status.getPath().getName(), status.getLen());
      }
    } catch (FileNotFoundException e) {
      return lengths;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory + ": " + e.getMessage(), e);
    }
    return lengths;
  }
}
