package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the errors about requests that can't be planned. */
public final class PlanErrors {
  private PlanErrors() {}

  /** One task of a cycle, and the path that it reads of the next. */
  record Step(Task task, LakePath path) {}

  static RunFailedException cycle(List<Step> steps) {
    String reads =
        steps.stream()
            .map(step -> step.task() + " reads '" + step.path() + "' of ")
            .collect(Collectors.joining());
    return RunFailedException.invalid(
        "CYCLE",
        "Cannot order the jobs, because they wait for each other: %s%s."
            .formatted(reads, steps.get(0).task()),
        "let one of them read strictly earlier units, previous(1), or another table.");
  }

  /**
   * Throws unless there are no problems.
   *
   * @throws RunFailedException of kind USAGE, with all of them at once
   */
  public static void requireNone(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw usage(problems);
    }
  }

  /** An error that names everything that is wrong with a command at once. */
  public static RunFailedException usage(List<Problem> problems) {
    if (problems.size() == 1) {
      Problem only = problems.get(0);
      return RunFailedException.usage(only.code(), only.message(), only.fix());
    }
    StringBuilder text =
        new StringBuilder("The command has %s problems.".formatted(problems.size()));
    for (int i = 0; i < problems.size(); i++) {
      text.append('\n').append(i + 1).append(". ").append(problems.get(i));
    }
    return RunFailedException.usage("USAGE", text.toString(), "mend each problem as it says.");
  }

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
