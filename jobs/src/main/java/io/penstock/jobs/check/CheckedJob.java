package io.penstock.jobs.check;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;
import java.util.List;
import java.util.Map;

/**
 * What was found out about one job.
 *
 * @param problems why it would not run; none when it is valid
 * @param unchecked why its steps could not be compiled, although it may be valid
 * @param doubts on account of which it may give other rows when it runs again
 * @param assumed what isn't in the lake and was compiled as the job of that name will write it
 * @param outputs what it writes, each with the jobs that read it
 */
public record CheckedJob(
    String name,
    List<Problem> problems,
    List<String> unchecked,
    List<RunPlan.Doubt> doubts,
    Map<LakePath, String> assumed,
    List<Output> outputs) {
  public CheckedJob {
    problems = List.copyOf(problems);
    unchecked = List.copyOf(unchecked);
    doubts = List.copyOf(doubts);
    assumed = Map.copyOf(assumed);
    outputs = List.copyOf(outputs);
  }

  /** One output and its readers among the jobs. */
  public record Output(LakePath path, List<String> readers) {
    public Output {
      readers = List.copyOf(readers);
    }
  }

  /** Whether the whole of it was compiled without a problem. */
  public boolean isValid() {
    return problems.isEmpty() && unchecked.isEmpty();
  }
}
