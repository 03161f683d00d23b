package io.penstock.spark.delta;

/** Somebody changed the rows that a commit replaces since these rows were written. */
public final class UnitChangedException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  UnitChangedException(Explanation explanation) {
    super(explanation);
  }
}
