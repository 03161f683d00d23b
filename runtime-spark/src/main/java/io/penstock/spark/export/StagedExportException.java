package io.penstock.spark.export;

/** A file of a staged version is gone or has another length; nothing was published. */
public final class StagedExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StagedExportException(String message) {
    super(message);
  }
}
