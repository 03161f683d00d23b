package io.penstock.jobs.cli;

import io.penstock.engine.Engine;
import io.penstock.engine.Preview;
import io.penstock.engine.RunNames;
import io.penstock.jobs.result.ExitCode;
import io.penstock.spec.LakePath;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock show}: the rows of a table, an export, or an output that a check refused. */
@Command(
    name = "show",
    description = "Shows rows of a table or an export, or what a check refused.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "PATH", description = "A table or an export, such as mart/sales.")
  private String path = "";

  @Option(
      names = "--where",
      paramLabel = "PREDICATE",
      description = "Only rows for which this SQL predicate is TRUE.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many rows (default: 20).")
  private int limit;

  @Option(
      names = "--rejected",
      paramLabel = "RUN-ID",
      description = "What this run wrote for the path and did not publish.")
  private Optional<String> rejected = Optional.empty();

  @Mixin private LakeOptions lake = new LakeOptions();

  ShowCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LakePath target = Conversions.lakePath(path);
    if (!target.placeholders().isEmpty()) {
      throw CliErrors.rawFiles(target);
    }
    if (limit < 1) {
      throw CliErrors.badLimit(limit);
    }
    rejected
        .filter(runId -> !RunNames.isRunId(runId))
        .ifPresent(
            runId -> {
              throw CliErrors.badRunId(runId);
            });
    try (Engine engine = lake.open(context)) {
      Preview preview = engine.lake().show(target, where, limit, rejected);
      context.console().print(PreviewText.of(preview, "raise --limit, or choose with --where"));
    }
    return ExitCode.DONE.number();
  }
}
