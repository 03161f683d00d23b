package io.penstock.jobs.run;

import io.penstock.engine.EngineSettings;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command asks the runner for, found right as far as that can be told without a lake.
 *
 * @param tasks asked for by name, in the order given
 */
public record RunOrder(
    List<Task> tasks,
    Arguments arguments,
    UpstreamMode upstream,
    EngineSettings engine,
    RepairCommands repair,
    Optional<Path> resultFile) {

  /** What to do about jobs whose output is read and isn't there. */
  public enum UpstreamMode {
    LEAVE_OUT,
    ADD_WHERE_MISSING
  }

  public RunOrder {
    tasks = List.copyOf(tasks);
  }
}
