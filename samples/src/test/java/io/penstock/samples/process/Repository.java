package io.penstock.samples.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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

  /** The same, and before it the jobs that only processes of their own may run. */
  static List<Path> classPathWithJobs() {
    return Stream.concat(Stream.of(testJobs("process-jobs")), classPath().stream()).toList();
  }

  /** A folder of {@code src/test/resources} that lists jobs, for processes that run them. */
  static Path testJobs(String folder) {
    return classPath().stream()
        .filter(entry -> entry.endsWith("test-classes"))
        .map(entry -> entry.resolve(folder))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + folder + " among the tests."));
  }

  /** The jar that spark-submit gets beside the user's; the build of the module jobs packages it. */
  static Path jarForSparkSubmit() throws IOException {
    Path target = root().resolve("jobs/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("penstock-jobs-.*-spark-submit.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new AssertionError(
                      "There is no jar for spark-submit in "
                          + target
                          + ". Fix: run the tests by 'mvn verify', which packages it."));
    }
  }
}
