package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Task;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands that a person types to repair a failed task: complete, so that they work in any
 * directory, and without secrets.
 */
public interface RepairCommands {
  /** Runs the task again. */
  String rerun(Task task);

  /** Runs the task again, after the jobs that produce what it reads; empty where that can't be. */
  Optional<String> rerunWithUpstream(Task task);

  /**
   * Runs a pipeline for units of it, in order: by one date, or from the first to the last.
   *
   * @param units when they are empty although the pipeline runs by units, the user has to fill them
   *     in
   */
  String run(Pipeline pipeline, List<Interval> units);

  /** The same commands, for jobs that were given these values of parameters. */
  RepairCommands given(Map<String, String> arguments);

  /** The same commands, for jobs of which these checks may fail. */
  RepairCommands accepting(Acceptances accepted);

  /** Publishes the rest of what runs of a pipeline have published in part. */
  String recover(String pipeline);

  /** Shows the rows of a run for a path that a check rejected. */
  String showRejected(String path, String runId);
}
