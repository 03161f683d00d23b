package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;

/** A use of a forbidden function, by its name in SQL. */
public record ForbiddenFunction(String name, Dependence dependence, String fix)
    implements Comparable<ForbiddenFunction> {

  ForbiddenFunction(String name, Dependence dependence) {
    this(name, dependence, dependence.fix());
  }

  @Override
  public int compareTo(ForbiddenFunction other) {
    return name.compareTo(other.name);
  }

  /** The problem of the step that uses it. */
  public PlanProblemException refusal() {
    return new PlanProblemException(
        dependence.code(), "Cannot use %s: %s".formatted(name, dependence.reason()), fix);
  }
}
