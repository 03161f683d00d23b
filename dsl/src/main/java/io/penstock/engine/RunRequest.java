package io.penstock.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.StatedCheck;
import io.penstock.spec.Interval;
import io.penstock.spec.Names;
import io.penstock.spec.TypedValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run to make of a pipeline.
 *
 * @param unit the unit of the pipeline's partition; empty for a pipeline without one
 * @param arguments a value for each declared parameter that is to differ from its default
 * @param runId unique among all runs; recorded with everything that the run publishes
 * @param startedAt for the record only: it selects no data
 * @param accepted checks of the pipeline that may fail in this run
 */
public record RunRequest(
    Pipeline pipeline,
    Optional<Interval> unit,
    Map<String, TypedValue> arguments,
    String runId,
    Instant startedAt,
    List<AcceptedCheck> accepted) {

  public RunRequest {
    Names.text("a run's id", runId);
    arguments = Map.copyOf(arguments);
    accepted = List.copyOf(accepted);
    if (!accepted.isEmpty()) {
      requireAcceptable(pipeline, accepted);
    }
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

  /** A run in which no check may fail. */
  public RunRequest(
      Pipeline pipeline,
      Optional<Interval> unit,
      Map<String, TypedValue> arguments,
      String runId,
      Instant startedAt) {
    this(pipeline, unit, arguments, runId, startedAt, List.of());
  }

  /** The reasons for the checks that may fail, by their names with their places. */
  public SortedMap<String, String> acceptedReasons() {
    SortedMap<String, String> reasons = new TreeMap<>();
    accepted.forEach(check -> reasons.put(check.qualifiedName(), check.reason()));
    return reasons;
  }

  private static void requireAcceptable(Pipeline pipeline, List<AcceptedCheck> accepted) {
    List<StatedCheck> stated = StatedCheck.of(pipeline.writes());
    for (AcceptedCheck check : accepted) {
      boolean acceptable =
          stated.stream()
              .filter(each -> each.qualifiedName().equals(check.qualifiedName()))
              .anyMatch(each -> each.expectation().isAcceptable());
      if (!acceptable) {
        throw new IllegalArgumentException(
            "Cannot accept that %s of '%s' fails: it has no such check, or none that may fail."
                .formatted(check.qualifiedName(), pipeline.name()));
      }
    }
  }
}
