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

  /** Something that others do to a table, if it is there. */
  sealed interface ByOthers extends Operation {
    /** Which of the tables. */
    int table();
  }

  /** {@code DELETE FROM … WHERE day = …}. */
  record Delete(int table, int day) implements ByOthers {}

  /** {@code DELETE FROM …}. */
  record DeleteAll(int table) implements ByOthers {}

  /** {@code RESTORE} to an older version: so many back, or the oldest that there is. */
  record Restore(int table, int back) implements ByOthers {}

  /** {@code CREATE OR REPLACE TABLE … AS} rows of one day. */
  record Replace(int table, int day) implements ByOthers {}

  /** The table's folder is removed. */
  record Drop(int table) implements ByOthers {}

  /** The table's folder is removed, and others make a table of rows of one day in its place. */
  record DropAndCreate(int table, int day) implements ByOthers {}

  /** {@code OPTIMIZE}: other files, the same rows. */
  record Optimize(int table) implements ByOthers {}

  /** Others append rows to a day. */
  record Append(int table, int day) implements ByOthers {}

  /** Others overwrite a day. */
  record Overwrite(int table, int day) implements ByOthers {}

  /** The table's history before its latest version expires. */
  record Expire(int table) implements ByOthers {}

  /**
   * A table of others lies in the table's folder from now on, which nothing that is done to the
   * outer one may touch.
   */
  record Nest(int table) implements ByOthers {}

  /** Another job comes to write the table, after it was renamed or regrained. */
  record ComeAsStranger(int table, Stranger stranger) implements ByOthers {}

  /** How a job becomes another one. */
  enum Stranger {
    RENAMED,
    REGRAINED
  }
}
