package io.penstock.jobs.plan;

import io.penstock.engine.RunFailedException;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the errors about requests that can't be planned. */
public final class PlanErrors {
  private PlanErrors() {}

  /** One task of a cycle, and the path that it reads of the next. */
  record Step(Task task, LakePath path) {}

  static RunFailedException cycle(List<Step> steps) {
    String text =
        steps.stream()
            .map(step -> step.task() + " reads '" + step.path() + "' of ")
            .collect(Collectors.joining());
    return RunFailedException.invalid(
        "CYCLE",
        "Cannot order the jobs, because they wait for each other: "
            + text
            + steps.get(0).task()
            + ".",
        "let one of them read strictly earlier units, previous(1), or another table.");
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
}
