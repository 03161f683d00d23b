package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;

/**
 * A publication was refused because a later attempt in the same scope has published. Nothing was
 * changed, and trying again with the same epoch can't succeed.
 */
public final class OvertakenException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was not published, and who has published it
   */
  public OvertakenException(String message) {
    super(
        new Failure(
            FailureKind.OVERTAKEN,
            FailureKind.OVERTAKEN.name(),
            message,
            "nothing is to be done: the later one stands."));
  }
}
