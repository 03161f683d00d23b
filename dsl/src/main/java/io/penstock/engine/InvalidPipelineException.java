package io.penstock.engine;

import io.penstock.plan.Problem;
import java.util.List;
import java.util.Optional;

/** A pipeline that can't be run as it is, with everything that is wrong with it. */
public final class InvalidPipelineException extends RunFailedException {
  private static final long serialVersionUID = 1L;
  private final String pipeline;
  private final transient List<Problem> problems;
  private final transient List<MissingInput> missingInputs;

  /**
   * @param missingInputs the inputs that aren't there; each is also one of the problems. When
   *     nothing else is wrong, the failure's kind is {@link FailureKind#INPUT_MISSING}.
   */
  public InvalidPipelineException(
      String pipeline, List<Problem> problems, List<MissingInput> missingInputs) {
    this(pipeline, problems, missingInputs, Optional.empty());
  }

  /**
   * @param cause what code of the user threw, for the verbose log; empty when none did
   */
  public InvalidPipelineException(
      String pipeline,
      List<Problem> problems,
      List<MissingInput> missingInputs,
      Optional<Throwable> cause) {
    super(
        failure(pipeline, kind(problems, missingInputs), problems, missingInputs.size(), cause),
        report(pipeline, problems, missingInputs.size()));
    this.pipeline = pipeline;
    this.problems = List.copyOf(problems);
    this.missingInputs = List.copyOf(missingInputs);
  }

  /** Everything that is wrong, in the order in which the message lists it. */
  public List<Problem> problems() {
    return problems;
  }

  /** The inputs that have to be produced first; empty when all of them are there. */
  public List<MissingInput> missingInputs() {
    return missingInputs;
  }

  /**
   * The failure for a caller who knows that no job will produce what is missing: of kind {@link
   * FailureKind#INVALID}, for which a retry is useless.
   */
  public Failure failureForGood() {
    return failure(pipeline, FailureKind.INVALID, problems, 0, failure().cause());
  }

  private static FailureKind kind(List<Problem> problems, List<MissingInput> missingInputs) {
    return problems.size() == missingInputs.size()
        ? FailureKind.INPUT_MISSING
        : FailureKind.INVALID;
  }

  /** The fix of a single problem becomes that of the failure, so that it is printed once. */
  private static Failure failure(
      String pipeline,
      FailureKind kind,
      List<Problem> problems,
      int missing,
      Optional<Throwable> cause) {
    boolean single = problems.size() == 1;
    return new Failure(
        kind,
        code(kind, problems),
        single
            ? headline(pipeline, 1, missing) + "\n1. " + problems.get(0).withoutFix()
            : report(pipeline, problems, missing),
        single ? problems.get(0).fix() : "mend each problem as it says.",
        cause);
  }

  /** All missing inputs have one code, so that a scheduler can wait for it. */
  private static String code(FailureKind kind, List<Problem> problems) {
    if (kind == FailureKind.INPUT_MISSING) {
      return kind.name();
    }
    return problems.size() == 1 ? problems.get(0).code() : "INVALID_PIPELINE";
  }

  private static String report(String pipeline, List<Problem> problems, int missing) {
    StringBuilder text = new StringBuilder(headline(pipeline, problems.size(), missing));
    for (int i = 0; i < problems.size(); i++) {
      text.append('\n').append(i + 1).append(". ").append(problems.get(i));
    }
    return text.toString();
  }

  /** An input that isn't there yet doesn't make a pipeline invalid. */
  private static String headline(String pipeline, int problems, int missing) {
    String absent = missing == 1 ? "1 input isn't there" : missing + " inputs aren't there";
    if (problems == missing) {
      return "Pipeline '%s' cannot run yet: %s.".formatted(pipeline, absent);
    }
    int wrong = problems - missing;
    return "Pipeline '%s' is invalid: %s%s."
        .formatted(
            pipeline,
            wrong == 1 ? "1 problem" : wrong + " problems",
            missing == 0 ? "" : ", and " + absent);
  }
}
