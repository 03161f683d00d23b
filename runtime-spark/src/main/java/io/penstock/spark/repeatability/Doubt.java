package io.penstock.spark.repeatability;

import java.util.Optional;

/**
 * A reason why computing a step again from the same rows may give other rows.
 *
 * @param what the reason, as a sentence without a full stop
 * @param fix how to make the step repeatable; empty where the author needn't do anything
 */
public record Doubt(Kind kind, String what, Optional<String> fix) {
  /** What follows from a doubt. In any case the step is computed only once, for all its readers. */
  public enum Kind {
    /** An undetermined order: the author determines it, or says why it doesn't matter. */
    ORDER,
    /** The rounding of floating-point sums, which plans and results report. */
    ROUNDING,
    /** Code that can't be checked, which plans and results report. */
    NATIVE_CODE,
    /** A source without versions, of which a run pins the listing. */
    UNVERSIONED
  }

  static Doubt order(String what, String fix) {
    return new Doubt(Kind.ORDER, what, Optional.of(fix));
  }

  public static Doubt noted(Kind kind, String what) {
    return new Doubt(kind, what, Optional.empty());
  }
}
