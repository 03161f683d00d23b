package io.penstock.spark.problems;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import java.util.List;
import java.util.Optional;

/**
 * A problem found while the plan of a step is built. It is caught where its place is known, and
 * reported with the other problems of the pipeline.
 */
public final class PlanProblemException extends RunFailedException {
  private static final long serialVersionUID = 2L;

  public PlanProblemException(String code, String message, String fix) {
    this(new Failure(FailureKind.INVALID, code, message, fix));
  }

  /** A problem that was caused by an exception of the user's code. */
  public PlanProblemException(String code, String message, String fix, Throwable cause) {
    this(new Failure(FailureKind.INVALID, code, message, fix).causedBy(cause));
  }

  private PlanProblemException(Failure failure) {
    super(failure, failure.message());
  }

  /** A step or an expression that Spark can compute, but not rightly or not repeatably. */
  public static PlanProblemException unsupportedStep(String message, String fix) {
    return new PlanProblemException("UNSUPPORTED_STEP", message, fix);
  }

  /** An unknown column that is named outside of an expression. */
  public static PlanProblemException unresolvedColumn(String name, List<String> columns) {
    return new PlanProblemException(
        "UNRESOLVED_COLUMN",
        "Cannot find '" + name + "'.",
        Suggestions.sentence(name, "Columns", columns));
  }

  /** The problem at its place in the program, {@code where (DailySales.java:12)}. */
  public Problem at(String place) {
    Failure failure = failure();
    return new Problem(failure.code(), Optional.of(place), failure.message(), failure.fix());
  }
}
