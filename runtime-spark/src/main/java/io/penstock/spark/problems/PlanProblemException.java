package io.penstock.spark.problems;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import java.util.List;

/**
 * A problem found while a node's frame is built. It is caught where its place is known, and told
 * with the other problems of the plan.
 */
public final class PlanProblemException extends RunFailedException {
  private static final long serialVersionUID = 2L;

  public PlanProblemException(String code, String message, String fix) {
    this(new Failure(FailureKind.INVALID, code, message, fix));
  }

  /** A problem that is an exception of the user's code. */
  public PlanProblemException(String code, String message, String fix, Throwable cause) {
    this(new Failure(FailureKind.INVALID, code, message, fix).causedBy(cause));
  }

  private PlanProblemException(Failure failure) {
    super(failure, failure.message());
  }

  /** A column that is named outside of an expression. */
  public static PlanProblemException unresolvedColumn(String name, List<String> columns) {
    return new PlanProblemException(
        "UNRESOLVED_COLUMN",
        "Cannot find '" + name + "'.",
        Suggestions.sentence(name, "Columns", columns));
  }

  /** The problem at its place. */
  public Problem at(Node node) {
    Failure failure = failure();
    return Problem.at(node, failure.code(), failure.message(), failure.fix());
  }
}
