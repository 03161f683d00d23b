package io.penstock.spark.compile;

import io.penstock.engine.MissingInput;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a pipeline while it is compiled. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();
  private final List<MissingInput> missing = new ArrayList<>();

  private Optional<Throwable> cause = Optional.empty();

  /** What code of the user threw; the first of them is kept. */
  void causedBy(Throwable thrown) {
    cause = cause.or(() -> Optional.of(thrown));
  }

  Optional<Throwable> cause() {
    return cause;
  }

  void add(Problem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** A problem that is the absence of an input. */
  void add(Problem problem, MissingInput input) {
    problems.add(problem);
    missing.add(input);
  }

  void addAll(List<Problem> more) {
    more.forEach(this::add);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<MissingInput> missing() {
    return List.copyOf(missing);
  }
}
