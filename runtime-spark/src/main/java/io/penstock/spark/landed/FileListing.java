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
 * The data files below a folder of the lake at one moment.
 *
 * @param files ordered by name, without those that Hadoop hides: by a name that starts with {@code
 *     _} or {@code .}, or while it copies them
 * @param hidden files in the folder itself whose names begin with {@code _} or {@code .}
 * @param outside links that lead out of the lake, which are not followed
 * @param dangling links that lead to nothing
 * @param repeated links to files and folders that are listed already, which are not followed
 * @param outputs folders that are a table, an export or another output with a log
 * @param places the real paths of all files and folders, links followed
 */
record FileListing(
    List<FileStatus> files,
    List<FileStatus> hidden,
    List<Path> outside,
    List<Path> dangling,
    List<Path> repeated,
    List<Path> outputs,
    Set<Path> places) {
  public FileListing {
    files = List.copyOf(files);
    hidden = List.copyOf(hidden);
    outside = List.copyOf(outside);
    dangling = List.copyOf(dangling);
    repeated = List.copyOf(repeated);
    outputs = List.copyOf(outputs);
    places = Set.copyOf(places);
  }

  /** Lists a folder; empty if it doesn't exist. */
  static Optional<FileListing> of(LakeRoot root, String lakePath, Configuration configuration)
      throws IOException {
    Path folder = root.resolve(lakePath);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.exists(folder)) {
      return Optional.empty();
    }
    List<FileStatus> files = new ArrayList<>();
    List<FileStatus> hidden = new ArrayList<>();
    List<Path> outside = new ArrayList<>();
    List<Path> dangling = new ArrayList<>();
    List<Path> repeated = new ArrayList<>();
    Set<Path> outputs = new LinkedHashSet<>();
    Set<Path> seen = new HashSet<>();
    FileStatus top = fileSystem.getFileStatus(folder);
    Deque<FileStatus> entries = new ArrayDeque<>(List.of(top));
    // Links come last, so that of a file and a link to it the link counts as the repetition.
    while (!entries.isEmpty()) {
      FileStatus entry = entries.pop();
      Path path = entry.getPath();
      if (!root.holds(path)) {
        outside.add(path);
      } else if (!seen.add(root.realPath(path))) {
        repeated.add(path);
      } else if (entry.isDirectory()) {
        root.danglingLinks(path).stream().filter(link -> !isHidden(link)).forEach(dangling::add);
        for (FileStatus below : fileSystem.listStatus(path)) {
          if (LakeOutputs.isMarker(below.getPath().getName())) {
            outputs.add(path);
          }
          if (isHidden(below.getPath())) {
            if (below.isFile() && path.equals(top.getPath())) {
              hidden.add(below);
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
    return Optional.of(
        new FileListing(files, hidden, outside, dangling, repeated, List.copyOf(outputs), seen));
  }

  private static boolean isHidden(Path path) {
    String name = path.getName();
    return name.startsWith("_") || name.startsWith(".") || name.endsWith("._COPYING_");
  }

  /** Whether there are no files, and nothing that has to be refused. */
  boolean isEmpty() {
    return files.isEmpty()
        && outside.isEmpty()
        && dangling.isEmpty()
        && repeated.isEmpty()
        && outputs.isEmpty();
  }
}
