package io.penstock.engine;

import java.time.Duration;
import java.util.List;

/** What aborted runs and replaced versions have left in the lake, found once. */
public interface Cleaning {
  /**
   * Nothing is found that was changed more recently: a run may be alive for nearly that long, and
   * about to publish what it wrote when it began.
   */
  Duration LEAST_AGE = Duration.ofDays(7);

  /** What was found, by path. */
  List<Leftover> leftovers();

  /** What could not be looked through, by path: nothing in it is found, nor removed. */
  List<Skipped> skipped();

  /**
   * Runs of long ago that have published something, and whose end is not recorded. What is noted of
   * them is no leftover: {@link UnfinishedRun#complete} finds out what becomes of them.
   */
  List<UnfinishedRun> unfinished();

  /**
   * Removes what was found. It is no error if something has been removed meanwhile.
   *
   * @throws RunFailedException when the lake fails; what is left then is found again
   */
  void remove();

  /**
   * A table or an export that could not be looked through.
   *
   * @param path where it lies
   * @param failure why
   */
  record Skipped(String path, Failure failure) {}
}
