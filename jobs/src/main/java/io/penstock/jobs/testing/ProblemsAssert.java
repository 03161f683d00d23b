package io.penstock.jobs.testing;

import io.penstock.plan.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Says what is expected of a pipeline's problems. */
public final class ProblemsAssert {
  private final JobOutcome outcome;
  private final List<Problem> problems;

  ProblemsAssert(JobOutcome outcome, List<Problem> problems) {
    this.outcome = outcome;
    this.problems = problems;
  }

  /** There is a problem with this code, such as {@code UNRESOLVED_COLUMN}. */
  public JobOutcome contain(String code) {
    if (problems.stream().noneMatch(problem -> problem.code().equals(code))) {
      throw unexpected("Expected a problem " + code + ".");
    }
    return outcome;
  }

  /** There are problems with these codes and no others, in this order. */
  public JobOutcome areExactly(String... codes) {
    if (!problems.stream().map(Problem::code).toList().equals(List.of(codes))) {
      throw unexpected("Expected exactly the problems " + List.of(codes) + ".");
    }
    return outcome;
  }

  private AssertionError unexpected(String message) {
    return TestingErrors.failed(
        message
            + (problems.isEmpty()
                ? " There are none."
                : problems.stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n", "\nProblems:\n", ""))));
  }
}
