package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/**
 * What an attempt has written can't be published any more: it is gone or has changed, or its target
 * has. Nothing was published; the task has to be run again.
 */
public class UnpublishableException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  public UnpublishableException(Failure failure) {
    super(failure);
  }
}
