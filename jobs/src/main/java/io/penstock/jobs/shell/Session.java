package io.penstock.jobs.shell;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Engine;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.cli.LakeLocation;
import io.penstock.jobs.cli.PlanText;
import io.penstock.jobs.cli.PreviewText;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.Amounts;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.RunIds;
import io.penstock.jobs.run.RunLoop;
import io.penstock.jobs.run.TaskBatch;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A jshell session on a lake. Every command prints its result, or why there is none, and Ctrl-C
 * cancels what it computes.
 *
 * <p>Everything is read from the lake. A run writes to the scratch lake, which no read sees; so
 * trying a pipeline out shows what it would write, whatever was tried before.
 */
public final class Session {
  private static final int DEFAULT_ROWS = 20;

  private final SessionLakes lakes;
  private final ShellCommandRunner commands = new ShellCommandRunner();
  private final Set<LakePath> scratched = new HashSet<>();
  private final SessionSettings settings = new SessionSettings();

  private Session(SessionLakes lakes) {
    this.lakes = lakes;
  }

  /**
   * Begins a session on the lake that the environment names, PENSTOCK_LAKE or else {@code data};
   * PENSTOCK_SCRATCH may name the scratch lake. When there is no such lake, it says so.
   */
  public static Session open() {
    Session session = new Session(new SessionLakes(System.getenv()));
    session.help();
    return session;
  }

  /** Begins a session on a lake, with the directory that its runs write to. */
  public static Session at(String lake, String scratch) {
    return new Session(
        new SessionLakes(Map.of(LakeLocation.ENVIRONMENT, lake, SessionLakes.SCRATCH, scratch)));
  }

  /** Prints the commands. */
  public void help() {
    commands.perform(
        stop ->
            commands.say(
                """
                Penstock on the lake %s
                  on("2026-03-01")       sets the date
                  param("least", 3)      sets what :least stands for
                  show(rows)             prints the first rows; show(rows, 50) more of them
                  show("mart/sales")     the same for a table or an export
                  schema(rows)           prints columns and types
                  count(rows)            prints the number of rows
                  explain(pipeline)      prints what a run would read, check and replace
                  run(pipeline)          runs it, and writes to the scratch lake
                  run(pipeline, LAKE)    runs it, and writes to the lake itself
                Ctrl-C cancels what is computed; /exit ends.
                """
                    .formatted(lakes.lake().lake())));
  }

  /** Sets the date of everything that follows, {@code "2026-03-01"}. */
  public void on(String text) {
    commands.perform(stop -> settings.date(text));
  }

  /**
   * Sets a parameter for everything that follows: what {@code :name} stands for in rows, and in the
   * pipelines that declare it.
   *
   * @param value a String, Boolean, Integer, Long, BigDecimal, LocalDate or Instant; a pipeline
   *     reads it as the type that it declares
   */
  public void param(String name, Object value) {
    commands.perform(stop -> settings.parameter(name, value));
  }

  /** Prints a few of the rows. */
  public void show(Rows rows) {
    show(rows, DEFAULT_ROWS);
  }

  /** Prints the first rows; which ones these are is certain for ordered rows only. */
  public void show(Rows rows, int limit) {
    view(
        rows,
        view -> {
          if (limit < 1) {
            throw ShellErrors.badLimit(limit);
          }
          commands.say(PreviewText.of(view.first(limit), "show(rows, %s)".formatted(5 * limit)));
        });
  }

  /** Prints a few rows of a table or an export: this session's own, when a run has written it. */
  public void show(String path) {
    commands.perform(
        stop -> {
          LakePath target = pathOf(path);
          boolean scratch = scratched.contains(target);
          Destination place = scratch ? Destination.SCRATCH : Destination.LAKE;
          try (Engine engine = lakes.open(place, stop)) {
            String text =
                PreviewText.of(
                    engine.lake().show(target, Optional.empty(), DEFAULT_ROWS, Optional.empty()),
                    "show(rows, limit) prints as many as you ask for");
            commands.say((scratch ? "In the scratch lake:\n" : "") + text);
          }
        });
  }

  /** Prints columns and types; reads no row. */
  public void schema(Rows rows) {
    view(rows, view -> commands.say(view.schema()));
  }

  /** Prints the number of rows; computes all of them. */
  public void count(Rows rows) {
    view(rows, view -> commands.say(Amounts.of(view.count(), "row") + "."));
  }

  /** Prints what a run in the lake would read, check and replace; reads no row. */
  public void explain(Pipeline pipeline) {
    commands.perform(
        stop -> {
          Task task = settings.task(pipeline);
          Arguments arguments = settings.argumentsFor(pipeline);
          Instant now = Instant.now();
          String runId = new RunIds(new SecureRandom()).next(now);
          try (Engine engine = lakes.open(Destination.LAKE, stop)) {
            RunPlan plan = engine.compile(task.request(arguments, runId, now)).plan();
            commands.say(PlanText.of(plan, pipeline));
          }
        });
  }

  /** Runs the pipeline, and writes to the scratch lake: the lake stays as it is. */
  public void run(Pipeline pipeline) {
    run(pipeline, Destination.SCRATCH);
  }

  /** Runs the pipeline for the unit that holds the date. */
  public void run(Pipeline pipeline, Destination destination) {
    commands.perform(
        stop -> {
          Task task = settings.task(pipeline);
          JobRegistry jobs = JobRegistry.onClassPath();
          TaskBatch batch =
              new TaskBatch(
                  jobs,
                  List.of(task),
                  settings.argumentsFor(pipeline),
                  TaskBatch.UpstreamMode.LEAVE_OUT,
                  EngineFinder.find(),
                  lakes.settings(destination),
                  new SessionRepairCommands(lakes.settings(destination), destination));
          ExitCode exitCode =
              new RunLoop(commands.console(), Clock.systemUTC(), stop, Optional.empty()).run(batch);
          if (exitCode == ExitCode.DONE) {
            remember(pipeline, destination);
          }
        });
  }

  private void remember(Pipeline pipeline, Destination destination) {
    List<LakePath> paths =
        pipeline.writes().stream().map(write -> write.sink().path()).distinct().toList();
    if (destination == Destination.LAKE) {
      paths.forEach(scratched::remove);
      return;
    }
    scratched.addAll(paths);
    commands.say(
        "Written to the scratch lake %s; the lake is as it was. Look at it: %s"
            .formatted(
                lakes.scratch(),
                String.join(", ", paths.stream().map("show(\"%s\")"::formatted).toList())));
  }

  private void view(Rows rows, Consumer<RowsView> use) {
    commands.perform(
        stop -> {
          Optional<Interval> unit = settings.unitOf(rows);
          try (Engine engine = lakes.open(Destination.LAKE, stop)) {
            use.accept(engine.view(rows, unit, settings.parameters()));
          }
        });
  }

  private static LakePath pathOf(String path) {
    try {
      return new LakePath(path);
    } catch (IllegalArgumentException e) {
      throw ShellErrors.badPath(e);
    }
  }
}
