package io.penstock.engine;

/** Opens an engine on a lake; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {
  /**
   * Opens the engine. The lake's root need not exist yet.
   *
   * @throws RunFailedException when the lake or the engine can't be reached
   */
  Engine open(EngineSettings settings);
}
