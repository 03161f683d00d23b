package io.penstock.spark.delta;

/** A table's contract doesn't allow a commit: another grain, or another writer of its rows. */
public final class TableContractException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  private final String code;

  TableContractException(String code, Explanation explanation) {
    super(explanation);
    this.code = code;
  }

  /** The code of the problem that it would have been before the run. */
  public String code() {
    return code;
  }
}
