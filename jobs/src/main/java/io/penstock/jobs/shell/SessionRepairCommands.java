package io.penstock.jobs.shell;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.run.CommandLines;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repairs in a session: its pipelines need not be jobs, so the session runs them again; what others
 * produce, and what was refused, is a matter of the command line.
 *
 * @param settings of the run: with the lake that it read, and the one that it wrote to
 */
record SessionRepairCommands(EngineSettings settings, Destination destination)
    implements RepairCommands {
  @Override
  public String rerun(Task task) {
    return switch (destination) {
      case SCRATCH -> "run(pipeline)";
      case LAKE -> "run(pipeline, LAKE)";
    };
  }

  @Override
  public Optional<String> rerunWithUpstream(Task task) {
    return Optional.empty();
  }

  @Override
  public String run(Pipeline pipeline, List<Interval> units) {
    return on(settings.lake()).run(pipeline, units);
  }

  /** A session runs a pipeline with the values that it is given there. */
  @Override
  public RepairCommands given(Map<String, String> arguments) {
    return this;
  }

  /** A session accepts no failing check. */
  @Override
  public RepairCommands accepting(Acceptances accepted) {
    return this;
  }

  @Override
  public String recover(String pipeline) {
    return on(written()).recover(pipeline);
  }

  @Override
  public String showRejected(String path, String runId) {
    return on(written()).showRejected(path, runId);
  }

  private String written() {
    return settings.scratch().orElse(settings.lake());
  }

  private static CommandLines on(String root) {
    return CommandLines.in(System.getenv(), Optional.of(root));
  }
}
