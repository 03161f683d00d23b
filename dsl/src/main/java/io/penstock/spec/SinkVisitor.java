package io.penstock.spec;

/**
 * Treats every kind of sink. There is no default method, so that a new kind does not compile until
 * every visitor has an answer for it.
 *
 * @param <R> what a visit yields
 */
public interface SinkVisitor<R> {
  R visitDelta(DeltaSink sink);

  R visitCsv(CsvSink sink);
}
