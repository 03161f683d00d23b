package io.penstock.spark.compile;

import io.penstock.spark.files.LakeRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The data files below a folder of the lake, as they were at one moment.
 *
 * @param files by name; none whose name starts with {@code _} or {@code .}
 * @param outside links that lead out of the lake, which nobody followed
 */
record FileListing(List<FileStatus> files, List<Path> outside) {
  FileListing {
    files = List.copyOf(files);
    outside = List.copyOf(outside);
  }

  /** Lists a folder; empty when there is none. */
  static Optional<FileListing> of(LakeRoot root, String lakePath, Configuration configuration)
      throws IOException {
    Path folder = root.resolve(lakePath);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.exists(folder)) {
      return Optional.empty();
    }
    List<FileStatus> files = new ArrayList<>();
    List<Path> outside = new ArrayList<>();
    collect(root, fileSystem, folder, files, outside);
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return Optional.of(new FileListing(files, outside));
  }

  private static void collect(
      LakeRoot root, FileSystem fileSystem, Path folder, List<FileStatus> files, List<Path> outside)
      throws IOException {
    for (FileStatus entry : fileSystem.listStatus(folder)) {
      Path path = entry.getPath();
      if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
        continue;
      }
      if (!root.holds(path)) {
        outside.add(path);
      } else if (entry.isDirectory()) {
        collect(root, fileSystem, path, files, outside);
      } else {
        files.add(entry);
      }
    }
  }
}
