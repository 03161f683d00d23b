package io.penstock.spark.files;

/**
 * A lake, or a path in it, can't be used as it was given: the message says why, and what to give.
 */
public final class UnusableLakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableLakeException(String message) {
    super(message);
  }

  UnusableLakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
