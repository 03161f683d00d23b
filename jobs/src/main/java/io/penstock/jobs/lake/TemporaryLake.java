package io.penstock.jobs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An empty directory for a lake, which is deleted when the process ends. */
public final class TemporaryLake {
  private static final Set<Path> ROOTS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ROOTS.forEach(TemporaryLake::delete)));
  }

  private TemporaryLake() {}

  /**
   * Makes the directory.
   *
   * @param prefix of its name: what it is for
   */
  public static Path make(String prefix) throws IOException {
    Path root = Files.createTempDirectory(prefix);
    ROOTS.add(root);
    return root;
  }

  /** Deletes one of them, with everything in it. */
  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Another thread still writes there while the JVM ends: the system removes temporary files.
    }
  }
}
