package io.penstock.jobs.result;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.jobs.ExitCode;
import io.penstock.jobs.plan.Task;
import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of one task.
 *
 * @param report what the engine tells about the run; empty when it never got that far
 * @param exitCode what the task alone would have ended with
 * @param failure why it didn't succeed
 * @param repair the command that mends it
 */
public record TaskResult(
    Task task,
    String runId,
    Status status,
    ExitCode exitCode,
    Optional<RunReport> report,
    Duration duration,
    Optional<Failure> failure,
    Optional<String> repair) {

  public TaskResult {
    if ((status == Status.SUCCEEDED) == failure.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot make a result of %s that is %s %s a failure."
              .formatted(task, status, failure.isPresent() ? "with" : "without"));
    }
  }

  /**
   * Whether the same command may succeed later without anyone changing anything. A skipped task
   * goes by the failure that it was skipped for.
   */
  public boolean isRetryable() {
    return status == Status.SKIPPED
        ? ExitCode.of(failure.orElseThrow().kind()).isRetryable()
        : exitCode.isRetryable();
  }

  /** How much of the task's output became visible. */
  public RunReport.Published published() {
    return report.map(RunReport::published).orElse(RunReport.Published.NONE);
  }
}
