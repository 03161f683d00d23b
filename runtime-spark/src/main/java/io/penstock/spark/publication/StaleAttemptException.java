package io.penstock.spark.publication;

/** What an attempt wrote is too old to be published. */
public final class StaleAttemptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleAttemptException(String message) {
    super(message);
  }
}
