package io.penstock.spark.compile;

import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.SinkHandlers;
import io.penstock.spark.source.SourceHandler;
import io.penstock.spec.Interval;
import java.util.Optional;

/** Provides the compiler with the handlers of the kinds of sources and sinks. */
public interface Handlers {
  /**
   * The handlers for one compilation, during which they read everything at most once.
   *
   * @param pipeline the name of the pipeline
   * @param unit the unit that it is compiled for
   * @param problems gets the problems that they find
   */
  Compiling with(String pipeline, Optional<Interval> unit, ProblemCollector problems);

  /** The handlers for one compilation. */
  interface Compiling {
    SourceHandler sources();

    SinkHandlers sinks();
  }
}
