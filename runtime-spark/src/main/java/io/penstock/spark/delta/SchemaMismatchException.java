package io.penstock.spark.delta;

/** A frame doesn't have the columns of the table it is written to. */
public final class SchemaMismatchException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  SchemaMismatchException(Explanation explanation) {
    super(explanation);
  }
}
