package io.penstock.spark.delta;

/** There is no Delta table at a path. */
public final class TableMissingException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  TableMissingException(Explanation explanation) {
    super(explanation);
  }
}
