package io.penstock.spark.delta;

/** A commit failed; whether it took effect is what {@link #outcome} says. */
public final class CommitOutcomeException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  /** What the table's history says after a failed commit. */
  public enum Outcome {
    /** The commit was not made, nor will it be. */
    NOT_COMMITTED,
    /** The history doesn't hold the commit, and a store that acts late may still make it. */
    NOT_SEEN,
    /** The history could not be searched. */
    UNKNOWN
  }

  private final Outcome outcome;

  CommitOutcomeException(Outcome outcome, Explanation explanation, Throwable cause) {
    super(explanation, cause);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
