package io.penstock.jobs.shell;

import io.penstock.engine.EngineSettings;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.RunErrors;
import io.penstock.jobs.run.Stop;
import io.penstock.plan.Problem;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a session's commands, and prints why they fail. */
final class ShellCommandRunner {
  /** Result lines are for programs: a session shows the messages for people only. */
  private final Console console =
      new Console(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
          System.out,
          Console.Screen.LOG,
          EngineSettings.Logs.QUIET,
          Redaction.none());

  /** Where runs report to people. */
  Console console() {
    return console;
  }

  void say(String text) {
    console.tell(text.stripTrailing());
  }

  /**
   * Does the work, and waits for its end; Ctrl-C cancels it.
   *
   * @param work the stop tells it to end; what it throws is printed
   */
  void perform(Consumer<Stop> work) {
    Cancellable.perform(
        stop -> {
          try {
            work.accept(stop);
          } catch (Throwable e) {
            // Whatever it is, it would otherwise end as a stack trace.
            tell(e, stop);
          }
        },
        () -> console.tell("Stopped, but the engine doesn't answer: its job may still run."));
  }

  /** Whatever is thrown after a stop means that the work was stopped. */
  private void tell(Throwable thrown, Stop stop) {
    if (stop.reason().isPresent()) {
      console.tell("Stopped.");
    } else if (thrown instanceof InvalidPipelineException invalid) {
      console.tell(invalid.getMessage());
      advice(invalid.problems()).ifPresent(console::tell);
    } else {
      console.tell(RunErrors.unexpected(thrown));
    }
  }

  /** A session has no declarations of parameters: their values are set. */
  private Optional<String> advice(List<Problem> problems) {
    List<Problem> unknown =
        problems.stream().filter(problem -> problem.code().equals("UNKNOWN_PARAMETER")).toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    boolean interval = unknown.stream().allMatch(ShellCommandRunner::asksForInterval);
    return Optional.of(
        interval
            ? "In a session, :from and :to are those of the date: on(\"2026-03-01\")."
            : "In a session, rows take the values that it is told: param(\"least\", 3).");
  }

  private static boolean asksForInterval(Problem problem) {
    return problem.message().contains("':from'") || problem.message().contains("':to'");
  }
}
