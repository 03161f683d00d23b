package io.penstock.engine;

import io.penstock.spec.Names;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how an engine works.
 *
 * @param lake the lake's root: a folder, or a URI such as {@code s3a://bucket/lake}
 * @param master the cluster to run on; when empty, what the environment says, or this machine
 * @param configuration the engine's own settings, {@code spark.*}
 */
public record EngineSettings(
    String lake, Optional<String> master, Map<String, String> configuration, Logs logs) {

  /** How much of the engine's own log reaches stderr. */
  public enum Logs {
    QUIET,
    VERBOSE
  }

  public EngineSettings {
    Names.text("the lake's root", lake);
    configuration = Map.copyOf(configuration);
  }
}
