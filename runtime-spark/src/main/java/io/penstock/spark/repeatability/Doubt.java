package io.penstock.spark.repeatability;

import java.util.Optional;

/**
 * Why computing a step again, from the same rows, may give other rows.
 *
 * @param what in a sentence without its full stop
 * @param fix what settles it; empty where the author needn't do anything
 */
public record Doubt(Kind kind, String what, Optional<String> fix) {
  /** What follows from a doubt. In any case the step is computed once, however many read it. */
  public enum Kind {
    /** An order that nothing settles: the author settles it, or says why it doesn't matter. */
    ORDER,
    /** The rounding of floating-point sums: plans and results tell of it. */
    ROUNDING,
    /** Code that can't be looked into: plans and results tell of it. */
    NATIVE_CODE,
    /** A source without versions, which is known by the listing that a run is pinned to. */
    UNVERSIONED
  }

  static Doubt order(String what, String fix) {
    return new Doubt(Kind.ORDER, what, Optional.of(fix));
  }

  public static Doubt noted(Kind kind, String what) {
    return new Doubt(kind, what, Optional.empty());
  }
}
