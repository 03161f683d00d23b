package io.penstock.spark.landed;

import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.LakeOutputs;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The data files below a folder of the lake, as they were at one moment.
 *
 * @param files by name; none whose name starts with {@code _} or {@code .}, and none that is still
 *     being copied there
 * @param outside links that lead out of the lake, which nobody followed
 * @param repeated links to files and folders that are read already, which nobody followed
 * @param outputs folders that are a table, an export, or what others keep by a log
 * @param places where the links are followed to, and all else lies
 */
record FileListing(
    List<FileStatus> files,
    List<Path> outside,
    List<Path> repeated,
    List<Path> outputs,
    Set<Path> places) {
  /**
   * How those who copy call a file until it is whole: {@code hdfs dfs -put}; WinSCP; rclone;
   * gsutil; Flume and others. Most others begin the name with a dot.
   */
  private static final List<String> BEING_COPIED =
      List.of("._COPYING_", ".filepart", ".partial", "_.gstmp", ".tmp");

  public FileListing {
    files = List.copyOf(files);
    outside = List.copyOf(outside);
    repeated = List.copyOf(repeated);
    outputs = List.copyOf(outputs);
    places = Set.copyOf(places);
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
    List<Path> repeated = new ArrayList<>();
    Set<Path> outputs = new LinkedHashSet<>();
    Set<Path> seen = new HashSet<>();
    Deque<FileStatus> entries = new ArrayDeque<>(List.of(fileSystem.getFileStatus(folder)));
    // Links come last, so that of a file and a link to it the link is the one too many.
    while (!entries.isEmpty()) {
      FileStatus entry = entries.pop();
      Path path = entry.getPath();
      if (!root.holds(path)) {
        outside.add(path);
      } else if (!seen.add(root.followed(path))) {
        repeated.add(path);
      } else if (entry.isDirectory()) {
        for (FileStatus below : fileSystem.listStatus(path)) {
          if (isBeingCopied(below)) {
            continue;
          }
          if (isHidden(below.getPath())) {
            String name = below.getPath().getName();
            if (LakeOutputs.MARKS.contains(name) || LakeOutputs.LOGS_OF_OTHERS.contains(name)) {
              outputs.add(path);
            }
            continue;
          }
          if (root.isLink(below.getPath())) {
            entries.addLast(below);
          } else {
            entries.addFirst(below);
          }
        }
      } else {
        files.add(entry);
      }
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return Optional.of(new FileListing(files, outside, repeated, List.copyOf(outputs), seen));
  }

  private static boolean isHidden(Path path) {
    return path.getName().startsWith("_") || path.getName().startsWith(".");
  }

  private static boolean isBeingCopied(FileStatus entry) {
    return entry.isFile() && BEING_COPIED.stream().anyMatch(entry.getPath().getName()::endsWith);
  }

  /** Whether nothing is there, nor was anything refused that might have been meant. */
  boolean isEmpty() {
    return files.isEmpty() && outside.isEmpty() && repeated.isEmpty() && outputs.isEmpty();
  }
}
