package io.penstock.spark.problems;

import io.penstock.plan.Suggestions;
import java.util.List;

/** A problem found while a node's frame is built, before it has its place. */
public final class PlanProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String fix;

  public PlanProblemException(String code, String message, String fix) {
    super(message);
    this.code = code;
    this.fix = fix;
  }

  /** A problem that is an exception of the user's code. */
  public PlanProblemException(String code, String message, String fix, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fix = fix;
  }

  /** A column that is named outside of an expression. */
  public static PlanProblemException unresolvedColumn(String name, List<String> columns) {
    return new PlanProblemException(
        "UNRESOLVED_COLUMN",
        "Cannot find '" + name + "'.",
        Suggestions.sentence(name, "Columns", columns));
  }

  public String code() {
    return code;
  }

  public String fix() {
    return fix;
  }
}
