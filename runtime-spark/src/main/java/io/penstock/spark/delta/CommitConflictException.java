package io.penstock.spark.delta;

/** Other writers committed to the same partitions each time we tried. */
public final class CommitConflictException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  CommitConflictException(Explanation explanation) {
    super(explanation);
  }
}
