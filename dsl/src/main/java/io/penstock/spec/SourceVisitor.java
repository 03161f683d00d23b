package io.penstock.spec;

/**
 * Treats every kind of source. There is no default method, so that a new kind does not compile
 * until every visitor has an answer for it.
 *
 * @param <R> what a visit yields
 */
public interface SourceVisitor<R> {
  R visitDelta(DeltaSource source);

  R visitFiles(FileSource source);
}
