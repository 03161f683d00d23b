package io.penstock.spark.delta;

/** A row breaks a rule of its table, or lies outside the partitions that a write replaces. */
public final class ConstraintViolatedException extends DeltaTableException {
  private static final long serialVersionUID = 1L;

  private final String constraint;

  ConstraintViolatedException(String constraint, Explanation explanation, Throwable cause) {
    super(explanation, cause);
    this.constraint = constraint;
  }

  /** The name of the CHECK constraint, or the rule as text: {@code NOT NULL amount}. */
  public String constraint() {
    return constraint;
  }
}
