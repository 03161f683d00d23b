package io.penstock.samples.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Spark as it is installed on a cluster: its own jars, and nothing of Penstock, of Delta or of the
 * other libraries that Penstock brings along.
 *
 * @param home what SPARK_HOME says
 */
record SparkInstallation(Path home) {
  private static final Pattern NOT_SPARK =
      Pattern.compile(
          "(penstock|delta|unitycatalog|picocli|progressbar|jline|failsafe" // brought along
              + "|junit|assertj|archunit|opentest4j|apiguardian|byte-buddy|duckdb|surefire" // tests
              + "|spark-testing-base|scalatest|scalacheck).*");

  /** Makes the installation that SPARK_HOME names for the tests: a worker in this JVM reads it. */
  static SparkInstallation make() throws IOException {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Path jars = Files.createDirectories(home.resolve("jars"));
    Manifest content = new Manifest();
    Attributes attributes = content.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Repository.classPath().stream()
            .filter(SparkInstallation::isOfSpark)
            .map(entry -> entry.toUri().toString())
            .collect(Collectors.joining(" ")));
    // A jar that names others stands for copies of a hundred of them.
    try (OutputStream file = Files.newOutputStream(jars.resolve("spark.jar"))) {
      new JarOutputStream(file, content).close();
    }
    return new SparkInstallation(home);
  }

  private static boolean isOfSpark(Path entry) {
    String name = entry.getFileName().toString();
    return name.endsWith(".jar") && !NOT_SPARK.matcher(name).matches();
  }

  /** The class path of spark-submit. */
  List<Path> classPath() {
    return List.of(home.resolve("jars").resolve("*"));
  }
}
