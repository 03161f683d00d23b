package io.penstock.jobs.cli;

import io.penstock.engine.Engine;
import io.penstock.jobs.check.Baseline;
import io.penstock.jobs.check.CheckErrors;
import io.penstock.jobs.check.CheckReport;
import io.penstock.jobs.check.CheckedJob;
import io.penstock.jobs.check.Checker;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.Json;
import io.penstock.plan.Problem;
import io.penstock.spec.UnitDate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock check}: compiles all jobs together, for continuous integration. */
@Command(
    name = "check",
    description = "Compiles all jobs, without reading a row: every problem, and who reads what.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  /** In which form the findings are printed. */
  enum Format {
    TEXT,
    JSON
  }

  private final CliContext context;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      required = true,
      description = "Each job is compiled for its unit that holds this date.")
  private UnitDate date = UnitDate.of("1970-01-01");

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A value for a parameter that jobs declare. Repeatable.")
  private List<Setting> parameters = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Accepts the doubts in this file, and refuses others.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--write-baseline",
      description = "Writes the doubts that are found now to the baseline.")
  private boolean writeBaseline;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Mixin private LakeOptions lake = new LakeOptions();

  CheckCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JobRegistry jobs = context.jobs().get();
    Arguments arguments = arguments(jobs);
    if (writeBaseline && baseline.isEmpty()) {
      throw CheckErrors.baselineNotNamed();
    }
    // Before the engine starts, so that a missing file is reported at once.
    Optional<Baseline> accepted =
        writeBaseline
            ? Optional.empty()
            : baseline.map(
                file ->
                    Baseline.read(
                        resolved(file),
                        lake.commands(context, arguments).writeBaseline(date, file)));
    List<CheckedJob> checked;
    try (Engine engine = lake.open(context)) {
      checked = new Checker(engine, jobs, arguments, new UnitSelection.OfDate(date)).check();
    }
    CheckReport report = CheckReport.of(checked, writeBaseline ? written(checked) : accepted);
    context
        .console()
        .print(
            switch (format) {
              case TEXT -> CheckText.of(report);
              case JSON -> Json.pretty(CheckDocument.of(report));
            });
    return (report.passed() ? ExitCode.DONE : ExitCode.INVALID).number();
  }

  /** The doubts of jobs that can't be compiled aren't known: then the file stays as it is. */
  private Optional<Baseline> written(List<CheckedJob> checked) {
    if (!checked.stream().allMatch(CheckedJob::isValid)) {
      context
          .console()
          .tell("%s stays as it is: not all jobs are valid.".formatted(baseline.orElseThrow()));
      return Optional.empty();
    }
    Baseline found = Baseline.of(checked);
    found.write(resolved(baseline.orElseThrow()));
    return Optional.of(found);
  }

  private Path resolved(Path file) {
    return context.directory().resolve(file);
  }

  private Arguments arguments(JobRegistry jobs) {
    Arguments arguments = new Arguments(Setting.asMap(parameters));
    List<Problem> problems = new ArrayList<>(Setting.repeated(parameters));
    problems.addAll(arguments.problemsFor(jobs.pipelines()));
    PlanErrors.requireNone(problems);
    return arguments;
  }
}
