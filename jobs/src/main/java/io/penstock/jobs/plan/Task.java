package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunRequest;
import io.penstock.spec.Interval;
import io.penstock.spec.UnitDate;
import java.time.Instant;
import java.util.Optional;

/**
 * One pipeline for one unit: what a run does, and what a result is about.
 *
 * @param unit of the pipeline's partition; empty for a pipeline without one
 */
public record Task(Pipeline pipeline, Optional<Interval> unit) {

  /**
   * What tells tasks apart. Pipelines themselves are not compared: they hold graphs, in which a
   * comparison would visit a shared step once for each of its readers.
   */
  public record Key(String job, Optional<Interval> unit) {}

  public Key key() {
    return new Key(pipeline.name(), unit);
  }

  /** The first day of the unit, in the partition's zone: the date by which a command names it. */
  public Optional<UnitDate> date() {
    return unit.map(interval -> pipeline.partition().orElseThrow().dateOf(interval.from()));
  }

  /** The run of this task, with the values that the arguments give its parameters. */
  public RunRequest request(Arguments arguments, String runId, Instant startedAt) {
    return new RunRequest(
        pipeline,
        unit,
        arguments.valuesFor(pipeline),
        runId,
        startedAt,
        arguments.accepted().of(pipeline));
  }

  /** The job and its date, {@code channel-report 2026-03-01}. */
  @Override
  public String toString() {
    return pipeline.name() + date().map(date -> " " + date).orElse("");
  }
}
