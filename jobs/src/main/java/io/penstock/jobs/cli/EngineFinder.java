package io.penstock.jobs.cli;

import io.penstock.engine.EngineProvider;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the engine on the class path. */
public final class EngineFinder {
  private EngineFinder() {}

  /**
   * The one engine that there is.
   *
   * @throws io.penstock.engine.RunFailedException of kind INVALID, when there is none that can be
   *     loaded, or several
   */
  public static EngineProvider find() {
    List<EngineProvider> found;
    try {
      found =
          ServiceLoader.load(EngineProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw CliErrors.engineNotLoadable(e);
    }
    if (found.size() != 1) {
      throw CliErrors.engines(found);
    }
    return found.get(0);
  }
}
