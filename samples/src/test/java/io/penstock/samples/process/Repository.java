package io.penstock.samples.process;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the tests find what the build has made. */
final class Repository {
  private Repository() {}

  /** The repository's root: Maven runs the tests of a module in the module's directory. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** What this JVM was started with: our classes and all libraries. */
  static List<Path> classPath() {
    return Stream.of(
            System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
        .map(Path::of)
        .toList();
  }
}
