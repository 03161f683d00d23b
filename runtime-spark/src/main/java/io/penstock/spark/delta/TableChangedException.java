package io.penstock.spark.delta;

/** A table was altered between writing files for it and committing them. */
public final class TableChangedException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  TableChangedException(Explanation explanation) {
    super(explanation);
  }
}
