package io.penstock.spark.compile;

import io.penstock.plan.Suggestions;
import java.util.List;

/** A problem found while a node's frame is built, before it has its place. */
final class PlanProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String fix;

  PlanProblemException(String code, String message, String fix) {
    super(message);
    this.code = code;
    this.fix = fix;
  }

  /** A problem that is an exception of the user's code. */
  PlanProblemException(String code, String message, String fix, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fix = fix;
  }

  /** A function that is forbidden. */
  static PlanProblemException of(ForbiddenFunctions.Found found) {
    return new PlanProblemException(
        found.dependence().code(), found.message(), found.dependence().fix());
  }

  /** A column that is named outside of an expression. */
  static PlanProblemException unresolvedColumn(String name, List<String> columns) {
    return new PlanProblemException(
        "UNRESOLVED_COLUMN",
        "Cannot find '" + name + "'.",
        Suggestions.sentence(name, "Columns", columns));
  }

  String code() {
    return code;
  }

  String fix() {
    return fix;
  }
}
