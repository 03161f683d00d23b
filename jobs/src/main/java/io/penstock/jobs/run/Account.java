package io.penstock.jobs.run;

import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.Summary;
import io.penstock.jobs.result.TaskResult;
import java.time.Duration;
import java.util.Locale;

/** What people read while tasks run: what begins, how it ended, and what to do about it. */
final class Account {
  private final Console console;

  Account(Console console) {
    this.console = console;
  }

  void starts(Task task, String runId, int number, int of) {
    String place = of > 1 ? " (%d of %d)".formatted(number, of) : "";
    console.tell("%s%s, run %s".formatted(task, place, runId));
  }

  void ended(TaskResult result) {
    result.report().ifPresent(report -> report.checks().forEach(this::check));
    switch (result.status()) {
      case SUCCEEDED -> succeeded(result);
      case SKIPPED -> console.tell(result.task() + " skipped: " + message(result));
      case STOPPED -> console.tell(result.task() + " stopped: " + message(result));
      case FAILED -> failed(result);
    }
  }

  void summary(Summary summary) {
    if (summary.results().size() > 1) {
      long succeeded =
          summary.results().stream().filter(r -> r.status() == Status.SUCCEEDED).count();
      console.tell(
          "%d of %d tasks succeeded in %s."
              .formatted(succeeded, summary.results().size(), seconds(summary.duration())));
    }
  }

  void notRecorded(Task task, Throwable cause) {
    console.tell(
        "The outcome of %s is not touched by it, but its record could not be kept: %s"
            .formatted(task, cause));
  }

  void noResultFile(Failure failure) {
    console.tell(failure);
    console.tell("The exit code and the lines on stdout stand.");
  }

  void failedAfterwards(Throwable cause) {
    console.tell("What was told of the tasks stands, but the engine did not end well: " + cause);
  }

  private void succeeded(TaskResult result) {
    console.tell("  done in " + seconds(result.duration()));
    for (RunReport.Output output : result.report().orElseThrow().outputs()) {
      console.tell(
          "  %s %s: %,d rows in %d files%s"
              .formatted(
                  output.format(),
                  output.name(),
                  output.rows(),
                  output.files(),
                  output.version().isPresent() ? ", version " + output.version().getAsLong() : ""));
    }
  }

  private void failed(TaskResult result) {
    console.tell(
        "%s failed after %s: exit code %d, %s; published: %s."
            .formatted(
                result.task(),
                seconds(result.duration()),
                result.exitCode().number(),
                result.exitCode().meaning(),
                result.published().name().toLowerCase(Locale.ROOT)));
    result.failure().ifPresent(console::tell);
    result.repair().ifPresent(command -> console.tell("Repair: " + command));
  }

  /** Of checks that failed the failure tells, with their places and keys. */
  private void check(RunReport.Check check) {
    if (check.status() == RunReport.Status.PASSED
        && console.logs() == EngineSettings.Logs.VERBOSE) {
      console.tell("  check %s at %s passed".formatted(check.name(), check.place()));
    }
  }

  private static String message(TaskResult result) {
    return result.failure().orElseThrow().message();
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
