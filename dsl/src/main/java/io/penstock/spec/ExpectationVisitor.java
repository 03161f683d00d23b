package io.penstock.spec;

/**
 * Treats every kind of expectation. There is no default method, so that a new kind does not compile
 * until every visitor has an answer for it: one that nobody evaluates would pass.
 *
 * @param <R> what a visit yields
 */
public interface ExpectationVisitor<R> {
  R visitUnique(Expectation.Unique check);

  R visitNotNull(Expectation.NotNull check);

  R visitRowCount(Expectation.RowCount check);

  R visitOneOf(Expectation.OneOf check);

  R visitSatisfies(Expectation.Satisfies check);
}
