package io.penstock.jobs.run;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import java.util.List;

/**
 * What a command asks the runner for, found right as far as that can be told without a lake.
 *
 * @param jobs all that there are: among them are the producers of what is read
 * @param tasks asked for by name, in the order given
 */
public record RunOrder(
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

  public RunOrder {
    tasks = List.copyOf(tasks);
  }

  Engine open() {
    return engine.open(settings);
  }
}
