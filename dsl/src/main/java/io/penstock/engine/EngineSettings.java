package io.penstock.engine;

import io.penstock.spec.Names;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how an engine works.
 *
 * @param lake the lake's root: a folder, or a URI such as {@code s3a://bucket/lake}
 * @param scratch another root, for everything that runs write; they read from the lake all the same
 *     and leave it as it is. When empty, they write to the lake.
 * @param master the cluster to run on; when empty, what the environment says, or this machine
 * @param configuration the engine's own settings, {@code spark.*}
 */
public record EngineSettings(
    String lake,
    Optional<String> scratch,
    Optional<String> master,
    Map<String, String> configuration,
    Logs logs) {

  /** How much of the engine's own log reaches stderr. */
  public enum Logs {
    QUIET,
    VERBOSE
  }

  public EngineSettings {
    Names.text("the lake's root", lake);
    scratch.ifPresent(root -> Names.text("the scratch lake's root", root));
    configuration = Map.copyOf(configuration);
  }

  /** Settings for runs that write to the lake they read. */
  public EngineSettings(
      String lake, Optional<String> master, Map<String, String> configuration, Logs logs) {
    this(lake, Optional.empty(), master, configuration, logs);
  }

  /** The same settings, for runs that leave the lake as it is and write to this root. */
  public EngineSettings withScratch(String root) {
    return new EngineSettings(lake, Optional.of(root), master, configuration, logs);
  }
}
