package io.penstock.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.spec.Interval;
import io.penstock.spec.Names;
import io.penstock.spec.TypedValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One run to make of a pipeline.
 *
 * @param unit the unit of the pipeline's partition; empty for a pipeline without one
 * @param arguments a value for each declared parameter that is to differ from its default
 * @param runId unique among all runs; recorded with everything that the run publishes
 * @param startedAt for the record only: it selects no data
 */
public record RunRequest(
    Pipeline pipeline,
    Optional<Interval> unit,
    Map<String, TypedValue> arguments,
    String runId,
    Instant startedAt) {

  public RunRequest {
    Names.text("a run's id", runId);
    arguments = Map.copyOf(arguments);
    if (pipeline.partition().isPresent() != unit.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot run '%s' %s: it %s."
              .formatted(
                  pipeline.name(),
                  unit.isPresent() ? "for " + unit.orElseThrow() : "without a unit",
                  unit.isPresent()
                      ? "has no partition, so give it no unit"
                      : "replaces units of a partition, so give it one"));
    }
    if (unit.isPresent() && !pipeline.partition().orElseThrow().isUnit(unit.orElseThrow())) {
      throw new IllegalArgumentException(
          "Cannot run '%s' for %s: it is not one unit of %s. Run it unit by unit."
              .formatted(pipeline.name(), unit.orElseThrow(), pipeline.partition().orElseThrow()));
    }
  }
}
