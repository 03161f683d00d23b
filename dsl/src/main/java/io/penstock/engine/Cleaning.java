package io.penstock.engine;

import java.util.List;

/** What aborted runs and replaced versions have left in the lake, found once. */
public interface Cleaning {
  /** What was found, by path. */
  List<Leftover> leftovers();

  /**
   * Removes it. What somebody else has removed meanwhile is no problem.
   *
   * @throws RunFailedException when the lake fails; what is left then is found again
   */
  void remove();
}
