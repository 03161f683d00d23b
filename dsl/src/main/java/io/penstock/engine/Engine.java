package io.penstock.engine;

import io.penstock.dsl.Rows;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.util.Map;
import java.util.Optional;

/** Compiles pipelines for units of time, runs them, and looks at the lake. */
public interface Engine extends AutoCloseable {

  /**
   * Binds a pipeline to its unit: pins every input, analyses every sink's plan. Reads metadata, and
   * no row of data.
   *
   * @throws InvalidPipelineException with all problems at once
   * @throws RunFailedException when the lake can't be read
   */
  CompiledRun compile(RunRequest request);

  /**
   * Rows to look at, outside of any run.
   *
   * @param unit what windows and {@code :from}, {@code :to} refer to
   * @param arguments the values of further {@code :name}s; rows alone declare no parameters, so
   *     there are no defaults, and a value that no expression uses is no problem
   * @throws InvalidPipelineException with all problems at once
   */
  RowsView view(Rows rows, Optional<Interval> unit, Map<String, TypedValue> arguments);

  /** Rows to look at that use no parameters. */
  default RowsView view(Rows rows, Optional<Interval> unit) {
    return view(rows, unit, Map.of());
  }

  /** The lake that runs of this engine write to. */
  Lake lake();

  /** Cancels everything that is being computed, and refuses what comes later. */
  void stop();

  @Override
  void close();
}
