package io.penstock.spark.compile;

import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.SinkHandlers;
import io.penstock.spark.source.SourceHandler;
import io.penstock.spec.Interval;
import java.util.Optional;

/** What the compiler asks of the kinds of sources and sinks. */
public interface Handlers {
  /**
   * The handlers for one compilation, in which everything is looked at once.
   *
   * @param pipeline that is compiled
   * @param unit that it is compiled for
   * @param problems where they note what is wrong
   */
  OfCompilation with(String pipeline, Optional<Interval> unit, ProblemCollector problems);

  /** The handlers for one compilation. */
  interface OfCompilation {
    SourceHandler sources();

    SinkHandlers sinks();
  }
}
