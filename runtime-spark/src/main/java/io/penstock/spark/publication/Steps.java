package io.penstock.spark.publication;

/**
 * A listener that is told of every step of an attempt as it is reached. Tests of what an
 * interruption leaves behind interrupt here.
 */
@FunctionalInterface
public interface Steps {
  /** Does nothing. */
  Steps IGNORED = (step, subject) -> {};

  /**
   * A step is reached, and the next one not begun.
   *
   * @param subject the run, or the path of the output that a step is about
   */
  void reached(Step step, String subject);
}
