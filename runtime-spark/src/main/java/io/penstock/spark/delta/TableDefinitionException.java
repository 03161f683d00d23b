package io.penstock.spark.delta;

/** A table exists, but not as it was defined; or it cannot be written by us. */
public final class TableDefinitionException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  TableDefinitionException(Explanation explanation) {
    super(explanation);
  }
}
