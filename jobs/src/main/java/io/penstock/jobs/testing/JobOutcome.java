package io.penstock.jobs.testing;

import io.penstock.engine.Failure;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ExitCode;
import io.penstock.plan.Problem;
import java.util.List;
import java.util.Optional;

/** How a run in a test ended, and what the lake holds since. */
public final class JobOutcome {
  private final ThrowAwayLake lake;
  private final Task task;
  private final Optional<RunReport> report;
  private final Optional<Failure> failure;
  private final List<Problem> problems;

  private JobOutcome(
      ThrowAwayLake lake,
      Task task,
      Optional<RunReport> report,
      Optional<Failure> failure,
      List<Problem> problems) {
    this.lake = lake;
    this.task = task;
    this.report = report;
    this.failure = failure;
    this.problems = problems;
  }

  static JobOutcome of(ThrowAwayLake lake, Task task, RunReport report) {
    return new JobOutcome(lake, task, Optional.of(report), report.failure(), List.of());
  }

  static JobOutcome of(ThrowAwayLake lake, Task task, RunFailedException exception) {
    return new JobOutcome(
        lake,
        task,
        Optional.empty(),
        Optional.of(exception.failure()),
        exception instanceof InvalidPipelineException invalid ? invalid.problems() : List.of());
  }

  /** The run published everything. */
  public JobOutcome succeeded() {
    if (failure.isPresent()) {
      throw TestingErrors.failed("Expected " + task + " to succeed.", failure.orElseThrow());
    }
    return this;
  }

  /** The run failed so that the task would end with this code. */
  public JobOutcome failedWith(ExitCode expected) {
    return requireFailure(expected, ExitCode.of(failure().kind()));
  }

  /** The run failed with this code, such as {@code CHECK_FAILED}. */
  public JobOutcome failedWith(String code) {
    return requireFailure(code, failure().code());
  }

  private JobOutcome requireFailure(Object expected, Object actual) {
    if (!actual.equals(expected)) {
      throw TestingErrors.failed(
          "Expected %s to fail with %s, and it failed with %s.".formatted(task, expected, actual),
          failure());
    }
    return this;
  }

  /** What is wrong with the pipeline; none, when it was valid. */
  public ProblemsAssert problems() {
    return new ProblemsAssert(this, problems);
  }

  /** The expectation of that name, such as {@code unique(day, channel)}. */
  public CheckAssert check(String name) {
    List<RunReport.Check> checks = report.map(RunReport::checks).orElse(List.of());
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .map(check -> new CheckAssert(this, check))
        .orElseThrow(
            () ->
                TestingErrors.failed(
                    "Expected a check named '%s'. Checks: %s."
                        .formatted(name, checks.stream().map(RunReport.Check::name).toList())));
  }

  /** A Delta table as it is now. */
  public TableAssert table(String path) {
    return new TableAssert(this, lake, path);
  }

  /** What the export of the run's unit holds now; the whole export, when it isn't divided. */
  public ExportAssert export(String path) {
    return ExportAssert.of(this, lake, task, path);
  }

  private Failure failure() {
    return failure.orElseThrow(
        () -> TestingErrors.failed("Expected " + task + " to fail, and it succeeded."));
  }
}
