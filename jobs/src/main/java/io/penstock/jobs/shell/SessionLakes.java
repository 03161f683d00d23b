package io.penstock.jobs.shell;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.cli.LakeLocation;
import io.penstock.jobs.lake.TemporaryLake;
import io.penstock.jobs.run.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The lake of a session, its scratch lake, and the engine on them: looked for when the first
 * command needs them, because looking may fail.
 */
final class SessionLakes {
  /** Names the variable of the environment. */
  static final String SCRATCH = "PENSTOCK_SCRATCH";

  private final Map<String, String> environment;
  private Optional<EngineSettings> lake = Optional.empty();
  private Optional<String> scratch = Optional.empty();

  /**
   * As the environment names them; without a name, the scratch lake is a temporary one, which is
   * deleted with the session.
   */
  SessionLakes(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Of the lake itself.
   *
   * @throws io.penstock.engine.RunFailedException when there is no such lake
   */
  synchronized EngineSettings lake() {
    if (lake.isEmpty()) {
      lake =
          Optional.of(
              new EngineSettings(
                  LakeLocation.find(Optional.empty(), environment, Path.of("")),
                  Optional.empty(),
                  Map.of(),
                  EngineSettings.Logs.QUIET));
    }
    return lake.orElseThrow();
  }

  synchronized String scratch() {
    if (scratch.isEmpty()) {
      scratch =
          Optional.of(
              Optional.ofNullable(environment.get(SCRATCH))
                  .filter(text -> !text.isBlank())
                  .orElseGet(SessionLakes::temporary));
    }
    return scratch.orElseThrow();
  }

  EngineSettings settings(Destination destination) {
    return switch (destination) {
      case SCRATCH -> lake().withScratch(scratch());
      case LAKE -> lake();
    };
  }

  /**
   * An engine for one command, which the stop cancels: a cancelled engine refuses what comes later,
   * so the next command needs another. Engines share what is costly to start.
   */
  Engine open(Destination destination, Stop stop) {
    Engine engine = EngineFinder.find().open(settings(destination));
    stop.cancels(engine);
    return engine;
  }

  private static String temporary() {
    try {
      return TemporaryLake.make("penstock-scratch-").toString();
    } catch (IOException e) {
      throw ShellErrors.noScratch(e);
    }
  }
}
