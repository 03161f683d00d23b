package io.penstock.spark.delta;

/** A commit failed; whether it took effect is what {@link #outcome} says. */
public final class CommitOutcomeException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  /** What the table's history says after a failed commit. */
  public enum Outcome {
    /** The history was searched and doesn't hold the commit. */
    NOT_COMMITTED,
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
