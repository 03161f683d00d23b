package io.penstock.spark.export;

/**
 * A publication came too late: a later attempt at the same target has been published. Nothing was
 * changed. Trying again with the same epoch can't succeed.
 */
public final class FencedExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FencedExportException(String message) {
    super(message);
  }
}
