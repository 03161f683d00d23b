package io.penstock.spark.testing;

import java.util.Random;

/**
 * How often what is guaranteed is put to the proof: a little in every build, and in full with the
 * Maven profile {@code full-proofs}.
 */
public final class Proofs {
  /** The tag of tests that only the full proofs run. */
  public static final String FULL = "full-proofs";

  /** One for all chance of a JVM: whoever repeats one drawing repeats them all. */
  private static final long SEED = Long.getLong("penstock.seed", System.nanoTime());

  private Proofs() {}

  /** Whether this is the full form. */
  public static boolean full() {
    return "full".equals(System.getProperty("penstock.proofs"));
  }

  /**
   * Chance that can be repeated: the seed is printed, and {@code -Dpenstock.seed=…} gives it again.
   *
   * @param what each has a sequence of its own, and always the same one with the same seed
   */
  public static Random random(String what) {
    tell("Seed of " + what + ": -Dpenstock.seed=" + SEED);
    return new Random(SEED ^ what.hashCode());
  }

  /** Prints a figure that was found, for those who ran the proof. */
  public static void tell(String figure) {
    System.out.println(figure);
  }
}
