package io.penstock.spark.delta;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/** Another writer's commit was in the way, again and again. */
final class CommitConflictException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  CommitConflictException(Failure failure) {
    super(failure);
  }
}
