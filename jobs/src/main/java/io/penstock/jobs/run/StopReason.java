package io.penstock.jobs.run;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.result.ExitCode;

/** Why the program was told to stop. */
public enum StopReason {
  TERMINATED(ExitCode.TERMINATED, "a TERM signal"),
  INTERRUPTED(ExitCode.INTERRUPTED, "an INT signal"),
  /** Its terminal went away. */
  HUNG_UP(ExitCode.HUNG_UP, "a HUP signal"),
  TIMEOUT(ExitCode.TIMEOUT, "its --timeout");

  private final ExitCode exitCode;
  private final String text;

  StopReason(ExitCode exitCode, String text) {
    this.exitCode = exitCode;
    this.text = text;
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** What stopped the program, for a sentence. */
  String text() {
    return text;
  }

  /** The failure of a task that could not be finished. */
  Failure failure() {
    return new Failure(
        FailureKind.STOPPED,
        "STOPPED",
        "Stopped by " + text + " before anything was published.",
        "run it again: it starts anew and replaces the same units.");
  }

  /** The failure of a task that was in the middle of its commits when the time was up. */
  Failure failureWhilePublishing() {
    return new Failure(
        FailureKind.STOPPED,
        "STOPPED_WHILE_PUBLISHING",
        "Stopped by %s while publishing, and the commits were not known to be finished in time: each sink may show the new rows or the old ones."
            .formatted(text),
        "run it again: it replaces the same units in every sink.");
  }
}
