package io.penstock.spark.export;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/**
 * The published documents of an export can't be read by this release: they are damaged, newer or
 * contradictory. A retry doesn't help.
 */
final class UnreadableExportException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  UnreadableExportException(Failure failure) {
    super(failure);
  }
}
