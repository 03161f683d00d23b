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
    super(failure(pipeline, kind(problems, missingInputs), problems, cause));
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
   * The failure for a caller who knows that nobody will produce what is missing: one of kind {@link
   * FailureKind#INVALID}, which no retry mends.
   */
  public Failure failureForGood() {
    return failure(pipeline, FailureKind.INVALID, problems, failure().cause());
  }

  private static FailureKind kind(List<Problem> problems, List<MissingInput> missingInputs) {
    return problems.size() == missingInputs.size()
        ? FailureKind.INPUT_MISSING
        : FailureKind.INVALID;
  }

  private static Failure failure(
      String pipeline, FailureKind kind, List<Problem> problems, Optional<Throwable> cause) {
    return new Failure(
        kind,
        code(kind, problems),
        report(pipeline, problems),
        problems.size() == 1 ? problems.get(0).fix() : "mend each problem as it says.",
        cause);
  }

  /** Whoever waits for inputs has one code to look for, however many are missing and of what. */
  private static String code(FailureKind kind, List<Problem> problems) {
    if (kind == FailureKind.INPUT_MISSING) {
      return kind.name();
    }
    return problems.size() == 1 ? problems.get(0).code() : "INVALID_PIPELINE";
  }

  private static String report(String pipeline, List<Problem> problems) {
    StringBuilder text =
        new StringBuilder(
            "Pipeline '%s' is invalid: %s problem%s."
                .formatted(pipeline, problems.size(), problems.size() == 1 ? "" : "s"));
    for (int i = 0; i < problems.size(); i++) {
      text.append('\n').append(i + 1).append(". ").append(problems.get(i));
    }
    return text.toString();
  }
}
