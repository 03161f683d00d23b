package io.penstock.spark.export;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/**
 * What is published of an export can't be read by this release: its documents are damaged, newer,
 * or contradict each other. Trying again changes nothing.
 */
final class UnreadableExportException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  UnreadableExportException(Failure failure) {
    super(failure);
  }
}
