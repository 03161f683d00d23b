package io.penstock.spark.export;

/**
 * What is published of an export can't be read by this release: its documents are damaged, newer,
 * or contradict each other. Trying again changes nothing.
 */
public final class UnreadableExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableExportException(String message) {
    super(message);
  }

  UnreadableExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
