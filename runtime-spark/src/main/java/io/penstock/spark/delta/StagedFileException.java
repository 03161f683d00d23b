package io.penstock.spark.delta;

/** A staged file is gone or has another length; committing it would break the table. */
public final class StagedFileException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  StagedFileException(Explanation explanation) {
    super(explanation);
  }
}
