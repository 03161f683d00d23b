package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Problem;
import io.penstock.spec.Partition;

/** Words what is wrong with the dates of a command. */
final class UnitProblems {
  private UnitProblems() {}

  static Problem noDate(Pipeline pipeline, Partition partition) {
    return Problem.ofPipeline(
        "DATE_MISSING",
        "Cannot run '%s' without a date: it replaces one %s at a time."
            .formatted(pipeline.name(), partition.grain().text()),
        "add --date 2026-03-01 for the %s that holds the date, or --from and --to for several."
            .formatted(partition.grain().text()));
  }

  static Problem offGrain(
      Pipeline pipeline,
      Partition partition,
      UnitSelection.Range range,
      UnitSelection.Range nearest) {
    return Problem.ofPipeline(
        "OFF_GRAIN",
        "Cannot run '%s' from %s to %s: it replaces a whole %s at a time, and these bounds cut one."
            .formatted(pipeline.name(), range.from(), range.to(), partition.grain().text()),
        "the nearest bounds are --from %s --to %s.".formatted(nearest.from(), nearest.to()));
  }
}
