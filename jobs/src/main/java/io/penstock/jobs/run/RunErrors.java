package io.penstock.jobs.run;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.TaskResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the failures that are the runner's own, rather than the engine's. */
public final class RunErrors {
  /** So many failures a message names at most. */
  private static final int MOST_NAMED = 3;

  private RunErrors() {}

  /** The failure for anything that was thrown. */
  public static Failure unexpected(Throwable throwable) {
    if (throwable instanceof RunFailedException known) {
      return known.failure();
    }
    if (throwable instanceof OutOfMemoryError) {
      return new Failure(
              FailureKind.OUT_OF_MEMORY,
              "OUT_OF_MEMORY",
              "The program ran out of memory: " + firstLine(throwable) + ".",
              "give the JVM more memory, JAVA_TOOL_OPTIONS=-Xmx4g for example.")
          .causedBy(throwable);
    }
    if (throwable instanceof IOException || throwable instanceof UncheckedIOException) {
      return new Failure(
              FailureKind.STORAGE,
              "STORAGE",
              "A disk or file system failed: " + firstLine(throwable) + ".",
              "look at the space and the access there, then run it again.")
          .causedBy(throwable);
    }
    return new Failure(
            FailureKind.BUG,
            "BUG",
            "The program failed in a way that it doesn't know, a %s: %s."
                .formatted(throwable.getClass().getSimpleName(), firstLine(throwable)),
            "run it with --verbose, and report what it prints.")
        .causedBy(throwable);
  }

  /** The first line of the message, without the exception's class name and the full stop. */
  private static String firstLine(Throwable throwable) {
    return Optional.ofNullable(throwable.getMessage())
        .orElse("")
        .strip()
        .lines()
        .findFirst()
        .orElse("it says no more")
        .replaceAll("(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error)(?:: )?", "")
        .replaceFirst("[.\\s]+$", "");
  }

  /** A text that would be another one with its secrets masked. */
  static RunFailedException secretInText() {
    return RunFailedException.usage(
        "SECRET",
        "Cannot print the script: in it stands the value of a setting, or of a variable of the"
            + " environment, that is kept secret, or user and password of a URL.",
        "rename the table, column or folder that has the same name as a secret, or change the"
            + " secret; keep user and password out of the lake's root.");
  }

  /** The report of a run that had begun to publish, and of which nothing more is known. */
  static RunReport unknown(Failure failure) {
    return new RunReport(
        RunReport.Published.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(failure));
  }

  /**
   * The kind decides whether a retry is worth while, and it isn't while one of the failures is
   * there to stay.
   */
  static Failure skipped(Task task, List<TaskResult> failures) {
    List<FailureKind> kinds =
        failures.stream().map(result -> result.failure().orElseThrow().kind()).toList();
    String failed =
        failures.stream()
                .limit(MOST_NAMED)
                .map(result -> result.task().toString())
                .collect(Collectors.joining(", "))
            + (failures.size() > MOST_NAMED
                ? " and " + (failures.size() - MOST_NAMED) + " more"
                : "");
    return new Failure(
        kinds.stream()
            .filter(kind -> !ExitCode.of(kind).isRetryable())
            .findFirst()
            .orElse(kinds.get(0)),
        "SKIPPED",
        "Did not run %s: it reads what %s did not produce.".formatted(task, failed),
        "mend %s, then run this again.".formatted(failed));
  }

  static RunFailedException noSignals(String name, ReflectiveOperationException cause) {
    return RunFailedException.invalid(
            "NO_SIGNALS",
            "Cannot listen to the signal %s: %s.".formatted(name, cause),
            "use a JDK with the module jdk.unsupported, and no -Xrs.")
        .causedBy(cause);
  }
}
