package io.penstock.jobs.run;

import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Amounts;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.Summary;
import io.penstock.jobs.result.TaskResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What people read while tasks run: what begins, how it ended, and what to do about it. */
final class ConsoleReporter {
  /** Keys that are not declared and that a result names; its JSON has all of them. */
  private static final int MOST_KEYS = 10;

  private final Console console;
  private final Set<Task.Key> unrecorded = new HashSet<>();

  ConsoleReporter(Console console) {
    this.console = console;
  }

  void starts(Task task, String runId, int number, int of) {
    String place = of > 1 ? " (%s of %s)".formatted(number, of) : "";
    console.tell("%s%s, run %s".formatted(task, place, runId));
  }

  void ended(TaskResult result) {
    result.checks().forEach(this::check);
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
          "%s of %s tasks succeeded in %s."
              .formatted(succeeded, summary.results().size(), Amounts.seconds(summary.duration())));
    }
  }

  /** Reported once for a task: what prevents its first record mostly prevents its last one, too. */
  void notRecorded(Task task, Throwable cause) {
    if (unrecorded.add(task.key())) {
      console.tell(
          "The outcome of %s is not affected, but its record could not be kept: %s"
              .formatted(task, RunErrors.unexpected(cause).message()));
    }
  }

  void noResultFile(Failure failure) {
    console.tell(failure);
    console.tell("The exit code and the lines on stdout stand.");
  }

  void failedAfterwards(Throwable cause) {
    console.tell(
        "The reported outcomes of the tasks stand, but the engine failed afterwards: "
            + RunErrors.unexpected(cause).message());
  }

  /** Why the exit code isn't 0 although every task succeeded. */
  void stoppedTooLate(StopReason reason) {
    console.tell(
        "Told to stop by %s when the last commits had begun: everything is published, nothing has to be run again."
            .formatted(reason.text()));
  }

  private void succeeded(TaskResult result) {
    console.tell("  done in " + Amounts.seconds(result.duration()));
    result.inputs().forEach(this::read);
    incomplete(result);
    result.outputs().forEach(this::written);
  }

  private void read(RunReport.Input input) {
    String rows =
        input.rows().isPresent()
            ? Amounts.of(input.rows().getAsLong(), "row")
            : "rows that were not counted";
    console.tell(
        "  read %s: %s in %s, %s, opened in %s%s"
            .formatted(
                input.name(),
                rows,
                Amounts.of(input.files(), "file"),
                Amounts.bytes(input.bytes()),
                Amounts.seconds(Duration.ofMillis(input.milliseconds())),
                version(input.version())));
    if (!input.unknownKeys().isEmpty()) {
      console.tell(
          input.unknownKeys().entrySet().stream()
              .limit(MOST_KEYS)
              .map(key -> key.getKey() + " of " + Amounts.of(key.getValue(), "record"))
              .collect(
                  Collectors.joining(
                      ", ",
                      "    left out, not declared: ",
                      input.unknownKeys().size() > MOST_KEYS ? ", …" : "")));
    }
  }

  private void incomplete(TaskResult result) {
    String absent =
        result.inputs().stream()
            .filter(input -> !input.absent().isEmpty())
            .map(input -> input.name() + " " + Amounts.beginning(input.absent()))
            .collect(Collectors.joining("; "));
    if (!absent.isEmpty()) {
      console.tell("  incomplete, accepted as absent: " + absent);
    }
  }

  private void written(RunReport.Output output) {
    console.tell(
        "  %s %s: %s in %s, %s, %s%s"
            .formatted(
                output.format(),
                output.name(),
                Amounts.of(output.rows(), "row"),
                Amounts.of(output.files(), "file"),
                Amounts.bytes(output.bytes()),
                Amounts.seconds(Duration.ofMillis(output.milliseconds())),
                version(output.version())));
  }

  static String version(OptionalLong version) {
    return version.isPresent() ? ", version " + version.getAsLong() : "";
  }

  private void failed(TaskResult result) {
    console.tell(
        "%s failed after %s: exit code %s, %s; published: %s."
            .formatted(
                result.task(),
                Amounts.seconds(result.duration()),
                result.exitCode().number(),
                result.exitCode().meaning(),
                result.published().name().toLowerCase(Locale.ROOT)));
    result.failure().ifPresent(console::tell);
    result.repair().ifPresent(command -> console.tell("Repair: " + command));
  }

  /** The failure names those that failed, with their places and keys. */
  private void check(RunReport.Check check) {
    if (check.accepted().isPresent()) {
      accepted(check, check.accepted().get());
    } else if (check.status() == RunReport.Status.PASSED && check.detail().isPresent()) {
      console.tell("  check %s: %s".formatted(check.name(), check.detail().get()));
    } else if (check.status() == RunReport.Status.PASSED
        && console.logs() == EngineSettings.Logs.VERBOSE) {
      console.tell("  check %s at %s passed".formatted(check.name(), check.place()));
    }
  }

  private void accepted(RunReport.Check check, String reason) {
    String what =
        check.status() == RunReport.Status.PASSED
            ? "passed, though its failure was accepted"
            : "failed and was accepted"
                + (check.failingRows() == 0
                    ? ""
                    : ", by %s of %s"
                        .formatted(check.failingRows(), Amounts.of(check.rows(), "row")))
                + (check.examples().isEmpty() ? "" : ": " + String.join("; ", check.examples()));
    console.tell(
        "  check %s at %s %s (reason: %s)".formatted(check.name(), check.place(), what, reason));
  }

  private static String message(TaskResult result) {
    return result.failure().orElseThrow().message();
  }
}
