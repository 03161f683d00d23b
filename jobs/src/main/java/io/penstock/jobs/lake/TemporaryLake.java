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

/** An empty directory for a lake that nobody needs once the process has ended. */
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

  /** What the end of the process does with each of them. */
  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Somebody else still writes there while the JVM ends: the system's cleaning takes the rest.
    }
  }
}
