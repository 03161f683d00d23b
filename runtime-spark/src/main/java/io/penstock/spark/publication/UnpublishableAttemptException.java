package io.penstock.spark.publication;

/** What an attempt has written can't be published any more: its task is to be run again. */
public final class UnpublishableAttemptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it can't. */
  public enum Reason {
    /** It began too long ago: its files may be cleaned up at any moment. */
    ATTEMPT_TOO_OLD,
    /** Another attempt has its number. */
    ATTEMPT_NUMBER_TAKEN,
    /** Somebody has undone what it published first. */
    OUTPUT_TAKEN_BACK
  }

  private final Reason reason;

  UnpublishableAttemptException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
