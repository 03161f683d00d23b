package io.penstock.spark.delta;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/** A commit failed; whether it took effect is what {@link #outcome} says. */
final class CommitOutcomeException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /** What the table's history says after a failed commit. */
  public enum Outcome {
    /** The commit was not made, nor will it be. */
    NOT_COMMITTED,
    /**
     * The history doesn't hold the commit, but a delayed request to the store may still make it.
     */
    NOT_SEEN,
    /** The history could not be searched. */
    UNKNOWN
  }

  private final Outcome outcome;

  CommitOutcomeException(Outcome outcome, Failure failure) {
    super(failure);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
