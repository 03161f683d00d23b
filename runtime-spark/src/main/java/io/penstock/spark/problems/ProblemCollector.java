package io.penstock.spark.problems;

import io.penstock.engine.MissingInput;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the problems of a pipeline while it is compiled. */
public final class ProblemCollector {
  private final List<Problem> problems = new ArrayList<>();
  private final List<MissingInput> missing = new ArrayList<>();

  private Optional<Throwable> cause = Optional.empty();

  /** Notes an exception of the user's code; the first one is kept. */
  public void causedBy(Throwable thrown) {
    cause = cause.or(() -> Optional.of(thrown));
  }

  public Optional<Throwable> cause() {
    return cause;
  }

  public void add(Problem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Adds the problem that an input is missing. */
  public void add(Problem problem, MissingInput input) {
    problems.add(problem);
    missing.add(input);
  }

  public void addAll(List<Problem> more) {
    more.forEach(this::add);
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public List<MissingInput> missing() {
    return List.copyOf(missing);
  }
}
