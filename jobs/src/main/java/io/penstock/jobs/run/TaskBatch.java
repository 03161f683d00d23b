package io.penstock.jobs.run;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import java.util.List;

/**
 * The tasks that a command asks for and what they are run with, checked as far as that is possible
 * without a lake.
 *
 * @param jobs all known jobs, among them the producers of what the tasks read
 * @param tasks asked for by name, in the order given
 */
public record TaskBatch(
    JobRegistry jobs,
    List<Task> tasks,
    Arguments arguments,
    UpstreamMode upstream,
    EngineProvider engine,
    EngineSettings settings,
    RepairCommands repair) {

  /** What to do about jobs whose output is read and isn't there. */
  public enum UpstreamMode {
    LEAVE_OUT,
    ADD_WHERE_MISSING
  }

  public TaskBatch {
    tasks = List.copyOf(tasks);
  }

  Engine open() {
    return engine.open(settings);
  }
}
