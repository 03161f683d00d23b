package io.penstock.jobs.cli;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where the lake is, and on what to run. */
final class LakeOptions {
  static final String ENVIRONMENT = "PENSTOCK_LAKE";
  private static final String DEFAULT = "data";
  private static final Pattern REMOTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description =
          "The lake's root, a directory or a URI (default: $" + ENVIRONMENT + ", else ./data).")
  private Optional<String> lake = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The cluster to run on (default: what the environment says, else this machine).")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of the engine, such as spark.executor.memory=4g. Repeatable.")
  private Map<String, String> configuration = new LinkedHashMap<>();

  Optional<String> lake() {
    return lake;
  }

  Optional<String> master() {
    return master;
  }

  Map<String, String> configuration() {
    return configuration;
  }

  /**
   * What an engine is opened with.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when there is no such directory
   */
  EngineSettings settings(Surroundings surroundings) {
    return new EngineSettings(
        root(surroundings), master, configuration, surroundings.console().logs());
  }

  /** Opens the engine, which a stop then cancels. */
  Engine open(Surroundings surroundings) {
    Engine engine = surroundings.engine().get().open(settings(surroundings));
    surroundings.stop().cancels(engine);
    return engine;
  }

  private String root(Surroundings surroundings) {
    Optional<String> environment =
        Optional.ofNullable(surroundings.environment().get(ENVIRONMENT))
            .filter(text -> !text.isBlank());
    String origin =
        lake.map(given -> "given by --lake")
            .or(() -> environment.map(given -> "given by " + ENVIRONMENT))
            .orElse("where it is looked for when nothing else is said");
    String root = lake.or(() -> environment).orElse(DEFAULT);
    if (REMOTE.matcher(root).matches()) {
      return root;
    }
    Path directory = surroundings.directory().resolve(root).normalize();
    if (!Files.isDirectory(directory)) {
      throw CliErrors.noLake(directory, origin);
    }
    return directory.toString();
  }
}
