package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.plan.JobGraph;
import io.penstock.jobs.plan.MissingUpstream;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.TaskPlanner;
import io.penstock.jobs.plan.Upstream;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.ResultFile;
import io.penstock.jobs.result.RunIds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the tasks of one command, one after another, on one engine.
 *
 * <p>A task whose dependency didn't succeed is skipped; independent ones still run. The exit code
 * is that of the first failure, or of the request to stop.
 */
public final class RunLoop {
  private final Console console;
  private final Clock clock;
  private final Stop stop;
  private final ResultReporter reporter;

  /**
   * @param resultFile told how all ends; empty when nobody wants to know
   */
  public RunLoop(Console console, Clock clock, Stop stop, Optional<Path> resultFile) {
    this.console = console;
    this.clock = clock;
    this.stop = stop;
    this.reporter = new ResultReporter(console, resultFile.map(ResultFile::new), clock);
  }

  /**
   * Says in the result file that something is running: from here on it is told there how that ends.
   *
   * @throws RunFailedException of kind USAGE, when the result file can't be written
   */
  public void begin() {
    stop.beforeHalting(reason -> reporter.close(reason.exitCode()));
    reporter.begin();
  }

  /** Tells in the result file that nothing could be ordered. */
  public void refuse(Failure failure) {
    reporter.close(failure);
  }

  /** Tells in the result file that finding out what is ordered has failed. */
  public void failed(Throwable cause) {
    stop.reason()
        .map(StopReason::exitCode)
        .ifPresentOrElse(reporter::close, () -> reporter.close(RunErrors.unexpected(cause)));
  }

  /**
   * Runs everything that is ordered, and tells how each task ended.
   *
   * @throws RunFailedException of kind USAGE, before anything runs, when a job that has to be added
   *     lacks a parameter
   */
  public ExitCode run(RunOrder order) {
    PendingTasks pending = pending(order);
    try {
      work(order, pending);
    } catch (Throwable e) {
      // Engines written in Scala throw checked exceptions that no signature declares.
      requireNoUsage(e);
      abandon(e, pending);
    }
    return end();
  }

  private PendingTasks pending(RunOrder order) {
    PendingTasks pending =
        new PendingTasks(
            order.tasks(), stop.gate(), new RunIds(new SecureRandom()), order.repair(), clock);
    stop.beforeHalting(reason -> giveUp(reason, pending));
    return pending;
  }

  private void work(RunOrder order, PendingTasks pending) {
    stop.gate().requireOpen();
    Engine engine = order.open();
    try {
      stop.cancels(engine);
      Schedule schedule = schedule(order, engine);
      pending.follow(schedule);
      runner(order, pending, engine).run(schedule);
    } finally {
      // A stopped engine may take its time to close, and the process is about to end anyway.
      if (stop.reason().isEmpty()) {
        engine.close();
      }
    }
  }

  private ScheduleRunner runner(RunOrder order, PendingTasks pending, Engine engine) {
    TaskRunner runner =
        new TaskRunner(
            engine,
            order,
            new RepairAdvisor(order.jobs(), order.repair(), order.upstream()),
            new Recovery(engine.lake(), order.jobs(), order.repair(), stop.gate(), console),
            stop,
            console);
    Records records = new Records(engine.lake(), order.arguments(), console.redaction());
    return new ScheduleRunner(pending, reporter, runner, records, stop, clock);
  }

  /** A command that asks for what can't be has no tasks that could have failed. */
  private void requireNoUsage(Throwable cause) {
    if (cause instanceof RunFailedException refused
        && refused.failure().kind() == FailureKind.USAGE) {
      reporter.close(refused.failure());
      throw refused;
    }
  }

  private ExitCode end() {
    ExitCode exitCode = stop.reason().map(StopReason::exitCode).orElseGet(reporter::exitCode);
    if (stop.reason().isPresent()
        && reporter.exitCode() == ExitCode.DONE
        && stop.gate().publications() > 0) {
      reporter.forPeople().stoppedTooLate(stop.reason().orElseThrow());
    }
    reporter.close(exitCode);
    return exitCode;
  }

  private Schedule schedule(RunOrder order, Engine engine) {
    Upstream upstream =
        switch (order.upstream()) {
          case LEAVE_OUT -> Upstream.NONE;
          case ADD_WHERE_MISSING ->
              new MissingUpstream(order.jobs(), new JobGraph(order.jobs()), engine.lake());
        };
    Schedule schedule = new TaskPlanner(order.jobs(), upstream).plan(order.tasks());
    Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    schedule.tasks().forEach(task -> pipelines.put(task.pipeline().name(), task.pipeline()));
    PlanErrors.requireNone(order.arguments().missingFor(pipelines.values()));
    return schedule;
  }

  /** The command failed as a whole: so did each of its tasks that hasn't ended. */
  private void abandon(Throwable cause, PendingTasks pending) {
    if (pending.open().isEmpty()) {
      reporter.forPeople().failedAfterwards(cause);
    }
    for (Task task : pending.open()) {
      reporter.ended(
          stop.reason()
              .map(reason -> pending.stopped(task, reason))
              .orElseGet(() -> pending.failed(task, RunErrors.unexpected(cause))));
      pending.end(task);
    }
  }

  /** The time is up and the tasks' thread hasn't come back: says for it how the tasks ended. */
  private void giveUp(StopReason reason, PendingTasks pending) {
    for (Task task : pending.open()) {
      reporter.ended(pending.givenUp(task, reason));
    }
    reporter.close(reason.exitCode());
  }
}
