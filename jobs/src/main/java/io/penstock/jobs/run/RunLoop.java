package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.ExitCode;
import io.penstock.jobs.JobRegistry;
import io.penstock.jobs.plan.JobGraph;
import io.penstock.jobs.plan.MissingUpstream;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.TaskPlanner;
import io.penstock.jobs.plan.Upstream;
import io.penstock.jobs.result.ResultFile;
import io.penstock.jobs.result.RunIds;
import io.penstock.plan.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * Runs the tasks of one command, one after another, on one engine.
 *
 * <p>A task whose dependency didn't succeed is skipped; independent ones still run. The exit code
 * is that of the first failure, or of the request to stop.
 */
public final class RunLoop {
  private final JobRegistry jobs;
  private final EngineProvider engines;
  private final Console console;
  private final Clock clock;
  private final Stop stop;

  public RunLoop(
      JobRegistry jobs, EngineProvider engines, Console console, Clock clock, Stop stop) {
    this.jobs = jobs;
    this.engines = engines;
    this.console = console;
    this.clock = clock;
    this.stop = stop;
  }

  /**
   * Runs everything that was ordered, and tells how each task ended.
   *
   * @throws RunFailedException of kind USAGE, before anything runs, when the result file can't be
   *     written or a job that has to be added lacks a parameter
   */
  public ExitCode run(RunOrder order) {
    Outcomes outcomes = new Outcomes(console, order.resultFile().map(ResultFile::new), clock);
    Agenda agenda =
        new Agenda(
            order.tasks(), stop.gate(), new RunIds(new SecureRandom()), order.repair(), clock);
    outcomes.begin();
    stop.beforeHalting(reason -> giveUp(reason, agenda, outcomes));
    try {
      work(order, agenda, outcomes);
    } catch (RunFailedException e) {
      if (e.failure().kind() == FailureKind.USAGE) {
        outcomes.close(e.failure());
        throw e;
      }
      abandon(e, agenda, outcomes);
    } catch (Throwable e) {
      // Engines written in Scala throw checked exceptions that no signature declares.
      abandon(e, agenda, outcomes);
    }
    ExitCode exitCode = stop.reason().map(StopReason::exitCode).orElseGet(outcomes::exitCode);
    outcomes.close(exitCode);
    return exitCode;
  }

  private void work(RunOrder order, Agenda agenda, Outcomes outcomes) {
    Engine engine = engines.open(order.engine());
    try {
      stop.cancels(engine);
      Schedule schedule = schedule(order, engine);
      agenda.follow(schedule);
      TaskRunner runner =
          new TaskRunner(engine, order, new Diagnosis(jobs, order.repair()), stop, console);
      Records records = new Records(engine.lake(), order.arguments(), console.redaction());
      new Round(agenda, outcomes, runner, records, stop, clock).run(schedule);
    } finally {
      // A stopped engine may take its time to close, and the process is about to end anyway.
      if (stop.reason().isEmpty()) {
        engine.close();
      }
    }
  }

  private Schedule schedule(RunOrder order, Engine engine) {
    Upstream upstream =
        switch (order.upstream()) {
          case LEAVE_OUT -> Upstream.NONE;
          case ADD_WHERE_MISSING -> new MissingUpstream(jobs, new JobGraph(jobs), engine.lake());
        };
    Schedule schedule = new TaskPlanner(jobs, upstream).plan(order.tasks());
    List<Pipeline> pipelines =
        schedule.tasks().stream()
            .map(task -> task.pipeline().name())
            .distinct()
            .flatMap(name -> jobs.find(name).stream())
            .toList();
    List<Problem> problems = order.arguments().missingFor(pipelines);
    if (!problems.isEmpty()) {
      throw PlanErrors.usage(problems);
    }
    return schedule;
  }

  /** The command failed as a whole: so did each of its tasks that hasn't ended. */
  private void abandon(Throwable cause, Agenda agenda, Outcomes outcomes) {
    if (agenda.open().isEmpty()) {
      outcomes.account().failedAfterwards(cause);
    }
    for (Task task : agenda.open()) {
      outcomes.ended(
          stop.reason()
              .map(reason -> agenda.stopped(task, reason))
              .orElseGet(() -> agenda.failed(task, RunErrors.unexpected(cause))));
      agenda.end(task);
    }
  }

  /** The time is up and the tasks' thread hasn't come back: says for it how the tasks ended. */
  private void giveUp(StopReason reason, Agenda agenda, Outcomes outcomes) {
    for (Task task : agenda.open()) {
      outcomes.ended(agenda.givenUp(task, reason));
    }
    outcomes.close(reason.exitCode());
  }
}
