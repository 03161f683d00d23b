package io.penstock.plan;

import io.penstock.spec.Expectation;
import java.util.List;

/**
 * A text of the author's in a step.
 *
 * @param role what the step computes by it
 * @param text as it was written
 */
public record NodeExpression(Role role, String text) {
  /** Those of checks; most have none, since they name columns or a number of rows. */
  public static List<NodeExpression> of(List<Expectation> expectations) {
    return expectations.stream()
        .flatMap(check -> check.sql().stream())
        .map(predicate -> new NodeExpression(Role.CHECK, predicate))
        .toList();
  }

  /** What a step computes by an expression. */
  public enum Role {
    /** A column that is there by its name, and is neither computed nor changed. */
    COLUMN_NAME,
    /** A column of the result, computed from each row. */
    COLUMN,
    /** Whether a row is kept, or two rows match. */
    CONDITION,
    /** By what rows are grouped. */
    KEY,
    /** A column of the result, computed from each group of rows. */
    AGGREGATE,
    /** By what rows are ordered, as an item of ORDER BY. */
    ORDER,
    /** A whole query. */
    QUERY,
    /** What each row is checked by. */
    CHECK
  }
}
