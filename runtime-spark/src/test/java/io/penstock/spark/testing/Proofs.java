package io.penstock.spark.testing;

import java.util.Random;

/**
 * How often what is guaranteed is put to the proof: a little in every build, and in full with the
 * Maven profile {@code full-proofs}.
 */
public final class Proofs {
  /** The tag of tests that only the full proofs run. */
  public static final String FULL = "full-proofs";

  private Proofs() {}

  /** Whether this is the full form. */
  public static boolean full() {
    return "full".equals(System.getProperty("penstock.proofs"));
  }

  /**
   * Chance that can be repeated: the seed is printed, and {@code -Dpenstock.seed=…} gives it again.
   */
  public static Random random(String what) {
    long seed = Long.getLong("penstock.seed", System.nanoTime());
    tell("Seed of " + what + ": -Dpenstock.seed=" + seed);
    return new Random(seed);
  }

  /** Prints a figure that was found, for those who ran the proof. */
  public static void tell(String figure) {
    System.out.println(figure);
  }
}
