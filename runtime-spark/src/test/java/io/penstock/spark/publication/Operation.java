package io.penstock.spark.publication;

/** Something that happens to a lake. */
sealed interface Operation {
  /** A run, from its beginning to its end: the first, a repeated one, a retry. */
  record Run(int day) implements Operation {}

  /** A run whose checks refuse what it wrote. */
  record RefusedRun(int day) implements Operation {}

  /** A run that stops at a step: for good when it is never woken, as by KILL. */
  record StoppedRun(int day, int step) implements Operation {}

  /** A stopped run goes on, if there is one. */
  record Wake(int which) implements Operation {}

  /** Other input for a day: what a run computes is different from then on. */
  record LateInput(int day) implements Operation {}

  /** {@code penstock recover}. */
  record Recover() implements Operation {}

  /** {@code penstock clean}. */
  record Clean() implements Operation {}

  /** {@code VACUUM} without any retention. */
  record Vacuum() implements Operation {}

  /** Eight days go by. */
  record DaysPass() implements Operation {}
}
