package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/** What a pipeline writes in the lake: it replaces units of a partition, or the whole. */
public sealed interface Sink permits DeltaSink, CsvSink {
  /** Where the table or export lies. */
  LakePath path();

  /** The partition whose units are replaced; empty when a run replaces the whole. */
  Optional<Partition> partition();

  /** Checked on what was written, before anything is published. */
  List<Expectation> expectations();

  /** The format's name: {@code delta} or {@code csv}. */
  String format();

  /** How its files are written, of a CSV export; empty of anything else. */
  Optional<CsvForm> csvForm();

  /**
   * What else was said of it, as plans print it: {@code allowNewColumns}; empty when nothing was.
   */
  String options();

  /** Calls the method of the visitor that fits this sink. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Treats every kind of sink. There is no default method, so that a new kind does not compile
   * until every visitor has an answer for it.
   *
   * @param <R> what a visit yields
   */
  interface Visitor<R> {
    R visitDelta(DeltaSink sink);

    R visitCsv(CsvSink sink);
  }
}
