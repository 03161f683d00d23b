package io.penstock.spark.delta;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;

/** Every try of a commit conflicted with another writer's. */
final class CommitConflictException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  CommitConflictException(Failure failure) {
    super(failure);
  }
}
