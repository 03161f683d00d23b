package io.penstock.spark.cleaning;

/** Finds in one output of the lake what nobody needs any more. */
@FunctionalInterface
public interface LeftoverFinder {
  /**
   * Looks through the output.
   *
   * @throws RuntimeException if it can't be looked through
   */
  void find(FoundLeftovers found);
}
