package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.plan.MissingUpstream;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.TaskPlanner;
import io.penstock.jobs.plan.Upstream;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.ResultFile;
import java.nio.file.Path;
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
   * @param resultFile where the results are written; empty for none
   */
  public RunLoop(Console console, Clock clock, Stop stop, Optional<Path> resultFile) {
    this.console = console;
    this.clock = clock;
    this.stop = stop;
    this.reporter = new ResultReporter(console, resultFile.map(ResultFile::new), clock);
  }

  /**
   * Writes RUNNING to the result file; from here on the end is written there as well.
   *
   * @throws RunFailedException of kind USAGE, when the result file can't be written
   */
  public void begin() {
    stop.beforeHalting(reason -> reporter.close(reason.exitCode()));
    reporter.begin();
  }

  /** Reports a command that was refused before it was executed. */
  public void refuse(Failure failure) {
    reporter.close(failure);
  }

  /** Reports a command that failed before its tasks were known. */
  public void failed(Throwable cause) {
    stop.reason()
        .map(StopReason::exitCode)
        .ifPresentOrElse(reporter::close, () -> reporter.close(RunErrors.unexpected(cause)));
  }

  /**
   * Runs all tasks, and reports how each ended.
   *
   * @throws RunFailedException of kind USAGE, before anything runs, when a job that has to be added
   *     lacks a parameter
   */
  public ExitCode run(TaskBatch batch) {
    PendingTasks pending = new PendingTasks(batch.tasks(), stop.gate(), batch.repair(), clock);
    stop.beforeHalting(reason -> giveUp(reason, pending));
    try {
      work(batch, pending);
    } catch (Throwable e) {
      // Engines written in Scala throw checked exceptions that no signature declares.
      rethrowUsage(e);
      abandon(e, pending);
    }
    return end();
  }

  private void work(TaskBatch batch, PendingTasks pending) {
    stop.gate().requireOpen();
    Engine engine = batch.open();
    try {
      stop.cancels(engine);
      Schedule schedule = schedule(batch, engine);
      pending.follow(schedule);
      runner(batch, pending, engine).run(schedule);
    } finally {
      // A stopped engine may take its time to close, and the process is about to end anyway.
      if (stop.reason().isEmpty()) {
        engine.close();
      }
    }
  }

  private ScheduleRunner runner(TaskBatch batch, PendingTasks pending, Engine engine) {
    TaskRunner runner =
        new TaskRunner(
            engine,
            batch,
            new RepairAdvisor(batch.jobs(), batch.repair(), batch.upstream()),
            new Recovery(engine.lake(), batch.jobs(), batch.repair(), stop.gate(), console),
            stop,
            console);
    Records records = new Records(engine.lake(), batch.arguments(), console.redaction());
    return new ScheduleRunner(pending, reporter, runner, records, stop);
  }

  /** A usage error is one of the command: it has no tasks that could have failed. */
  private void rethrowUsage(Throwable cause) {
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

  private Schedule schedule(TaskBatch batch, Engine engine) {
    Upstream upstream =
        switch (batch.upstream()) {
          case LEAVE_OUT -> Upstream.NONE;
          case ADD_WHERE_MISSING -> new MissingUpstream(batch.jobs(), engine.lake());
        };
    Schedule schedule = new TaskPlanner(batch.jobs(), upstream).plan(batch.tasks());
    Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    schedule.tasks().forEach(task -> pipelines.put(task.pipeline().name(), task.pipeline()));
    PlanErrors.requireNone(batch.arguments().missingFor(pipelines.values()));
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

  /** The time is up and the tasks' thread hasn't returned: reports for it how the tasks ended. */
  private void giveUp(StopReason reason, PendingTasks pending) {
    for (Task task : pending.open()) {
      reporter.ended(pending.givenUp(task, reason));
    }
    reporter.close(reason.exitCode());
  }
}
