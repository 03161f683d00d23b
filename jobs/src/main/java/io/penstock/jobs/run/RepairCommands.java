package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Task;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words what a person types to mend a task that failed: complete, so that it works wherever it is
 * typed, and without secrets.
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

  /** Publishes the rest of what runs of a pipeline have published in part. */
  String recover(String pipeline);

  /** Shows what a run wrote for a path and a check refused. */
  String showRefused(String path, String runId);
}
