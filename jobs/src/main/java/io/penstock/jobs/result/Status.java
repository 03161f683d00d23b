package io.penstock.jobs.result;

import io.penstock.engine.UnfinishedRun;

/** How a task ended. */
public enum Status {
  /** Everything was published. */
  SUCCEEDED,
  /** It failed; what it published says {@code published}. */
  FAILED,
  /** It was not run, because a task whose output it reads didn't succeed. */
  SKIPPED,
  /** It was not finished, because the program was told to stop. */
  STOPPED;

  /** How a run has ended that was recovered by another process. */
  static Status of(UnfinishedRun.Ending ending) {
    return switch (ending) {
      case COMPLETED -> SUCCEEDED;
      case GIVEN_UP -> FAILED;
      // The run itself has nothing to do with what is published.
      case NOT_BEGUN, OVERTAKEN -> SKIPPED;
    };
  }
}
