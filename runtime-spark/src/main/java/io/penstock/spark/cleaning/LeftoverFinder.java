package io.penstock.spark.cleaning;

/** Finds the leftovers of one output. */
@FunctionalInterface
public interface LeftoverFinder {
  /**
   * Searches the output.
   *
   * @throws RuntimeException if it can't be searched
   */
  void find(FoundLeftovers found);
}
