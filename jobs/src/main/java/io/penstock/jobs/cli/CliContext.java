package io.penstock.jobs.cli;

import io.penstock.engine.EngineProvider;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command needs from outside.
 *
 * @param jobs looked for when a command needs them, because looking may fail
 * @param engine likewise
 * @param directory what relative paths start from
 * @param clock names runs, and selects no data
 */
public record CliContext(
    Console console,
    Supplier<JobRegistry> jobs,
    Supplier<EngineProvider> engine,
    Map<String, String> environment,
    Path directory,
    Clock clock,
    Stop stop) {
  public CliContext {
    environment = Map.copyOf(environment);
  }

  /**
   * The same, but when jobs are found, the console hides the defaults of their secret parameters.
   */
  CliContext hidingDefaults() {
    return new CliContext(
        console, this::jobsWithHiddenDefaults, engine, environment, directory, clock, stop);
  }

  private JobRegistry jobsWithHiddenDefaults() {
    JobRegistry found = jobs.get();
    console
        .redaction()
        .hideDefaults(
            found.pipelines().stream().flatMap(pipeline -> pipeline.parameters().stream()));
    return found;
  }
}
