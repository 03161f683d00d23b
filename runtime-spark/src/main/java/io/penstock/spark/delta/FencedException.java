package io.penstock.spark.delta;

/** A newer attempt of the same task has published a unit; this one must not undo it. */
public final class FencedException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  FencedException(Explanation explanation) {
    super(explanation);
  }
}
