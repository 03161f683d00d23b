package io.penstock.jobs.cli;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.run.CommandLines;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name the lake, the cluster and the engine's settings. */
final class LakeOptions {
  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description =
          "The lake's root, a directory or a URI (default: $"
              + LakeLocation.ENVIRONMENT
              + ", which jobs/penstock sets to the repository's data/; else ./data).")
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
  private List<Setting> configuration = List.of();

  /**
   * What an engine is opened with.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when there is no such directory
   */
  EngineSettings settings(CliContext context) {
    return new EngineSettings(
        LakeLocation.find(lake, context.environment(), context.directory()),
        master,
        Setting.asMap(configuration),
        context.console().logs());
  }

  /** Repair commands that repeat these options and arguments. */
  CommandLines commands(CliContext context, Arguments arguments) {
    return CommandLines.in(
            context.environment(),
            LakeLocation.named(lake, context.environment(), context.directory()))
        .with(master, Setting.asMap(configuration), arguments);
  }

  /** Opens the engine, which a stop then cancels. */
  Engine open(CliContext context) {
    Engine engine = context.engine().get().open(settings(context));
    context.stop().cancels(engine);
    return engine;
  }
}
