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
import io.penstock.plan.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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

  public RunLoop(Console console, Clock clock, Stop stop) {
    this.console = console;
    this.clock = clock;
    this.stop = stop;
  }

  /**
   * Runs everything that is ordered, and tells how each task ended.
   *
   * @param orders asked once the result file says RUNNING, because finding out what is ordered may
   *     fail, or take its time, which the file has to tell as well; what it throws goes on to the
   *     caller
   * @throws RunFailedException of kind USAGE, before anything runs, when the result file can't be
   *     written or a job that has to be added lacks a parameter
   */
  public ExitCode run(Optional<Path> resultFile, Supplier<RunOrder> orders) {
    ResultReporter reporter = reporter(resultFile);
    stop.beforeHalting(reason -> reporter.close(reason.exitCode()));
    reporter.begin();
    RunOrder order = ordered(orders, reporter);
    PendingTasks pending =
        new PendingTasks(
            order.tasks(), stop.gate(), new RunIds(new SecureRandom()), order.repair(), clock);
    stop.beforeHalting(reason -> giveUp(reason, pending, reporter));
    try {
      work(order, pending, reporter);
    } catch (RunFailedException e) {
      if (e.failure().kind() == FailureKind.USAGE) {
        reporter.close(e.failure());
        throw e;
      }
      abandon(e, pending, reporter);
    } catch (Throwable e) {
      // Engines written in Scala throw checked exceptions that no signature declares.
      abandon(e, pending, reporter);
    }
    ExitCode exitCode = stop.reason().map(StopReason::exitCode).orElseGet(reporter::exitCode);
    if (stop.reason().isPresent()
        && reporter.exitCode() == ExitCode.DONE
        && stop.gate().publications() > 0) {
      reporter.forPeople().stoppedTooLate(stop.reason().orElseThrow());
    }
    reporter.close(exitCode);
    return exitCode;
  }

  /** Tells in the result file that nothing could be ordered. */
  public void refuse(Optional<Path> resultFile, Failure failure) {
    reporter(resultFile).close(failure);
  }

  private ResultReporter reporter(Optional<Path> resultFile) {
    return new ResultReporter(console, resultFile.map(ResultFile::new), clock);
  }

  private RunOrder ordered(Supplier<RunOrder> orders, ResultReporter reporter) {
    try {
      return orders.get();
    } catch (Throwable e) {
      // Jobs written in Scala throw checked exceptions that no signature declares.
      stop.reason()
          .map(StopReason::exitCode)
          .ifPresentOrElse(reporter::close, () -> reporter.close(RunErrors.unexpected(e)));
      throw e;
    }
  }

  private void work(RunOrder order, PendingTasks pending, ResultReporter reporter) {
    stop.gate().requireOpen();
    Engine engine = order.engine().open(order.settings());
    try {
      stop.cancels(engine);
      Schedule schedule = schedule(order, engine);
      pending.follow(schedule);
      TaskRunner runner =
          new TaskRunner(
              engine,
              order,
              new RepairAdvisor(order.jobs(), order.repair(), order.upstream()),
              new Recovery(engine.lake(), order.jobs(), order.repair(), stop.gate(), console),
              stop,
              console);
      Records records = new Records(engine.lake(), order.arguments(), console.redaction());
      new ScheduleRunner(pending, reporter, runner, records, stop, clock).run(schedule);
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
          case ADD_WHERE_MISSING ->
              new MissingUpstream(order.jobs(), new JobGraph(order.jobs()), engine.lake());
        };
    Schedule schedule = new TaskPlanner(order.jobs(), upstream).plan(order.tasks());
    Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    schedule.tasks().forEach(task -> pipelines.put(task.pipeline().name(), task.pipeline()));
    List<Problem> problems = order.arguments().missingFor(pipelines.values());
    if (!problems.isEmpty()) {
      throw PlanErrors.usage(problems);
    }
    return schedule;
  }

  /** The command failed as a whole: so did each of its tasks that hasn't ended. */
  private void abandon(Throwable cause, PendingTasks pending, ResultReporter reporter) {
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
  private void giveUp(StopReason reason, PendingTasks pending, ResultReporter reporter) {
    for (Task task : pending.open()) {
      reporter.ended(pending.givenUp(task, reason));
    }
    reporter.close(reason.exitCode());
  }
}
