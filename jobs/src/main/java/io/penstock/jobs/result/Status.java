package io.penstock.jobs.result;

/** How a task ended. */
public enum Status {
  /** Everything was published. */
  SUCCEEDED,
  /** It failed; what it published says {@code published}. */
  FAILED,
  /** It was not run, because a task whose output it reads didn't succeed. */
  SKIPPED,
  /** It was not finished, because the program was told to stop. */
  STOPPED
}
