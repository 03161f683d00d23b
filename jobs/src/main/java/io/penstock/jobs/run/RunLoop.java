package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.ExitCode;
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
    Outcomes outcomes = outcomes(resultFile);
    stop.beforeHalting(reason -> outcomes.close(reason.exitCode()));
    outcomes.begin();
    RunOrder order = ordered(orders, outcomes);
    Agenda agenda =
        new Agenda(
            order.tasks(), stop.gate(), new RunIds(new SecureRandom()), order.repair(), clock);
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
    if (stop.reason().isPresent()
        && outcomes.exitCode() == ExitCode.DONE
        && stop.gate().publications() > 0) {
      outcomes.account().stoppedTooLate(stop.reason().orElseThrow());
    }
    outcomes.close(exitCode);
    return exitCode;
  }

  /** Tells in the result file that nothing could be ordered. */
  public void refuse(Optional<Path> resultFile, Failure failure) {
    outcomes(resultFile).close(failure);
  }

  private Outcomes outcomes(Optional<Path> resultFile) {
    return new Outcomes(console, resultFile.map(ResultFile::new), clock);
  }

  private RunOrder ordered(Supplier<RunOrder> orders, Outcomes outcomes) {
    try {
      return orders.get();
    } catch (Throwable e) {
      // Jobs written in Scala throw checked exceptions that no signature declares.
      stop.reason()
          .map(StopReason::exitCode)
          .ifPresentOrElse(outcomes::close, () -> outcomes.close(RunErrors.unexpected(e)));
      throw e;
    }
  }

  private void work(RunOrder order, Agenda agenda, Outcomes outcomes) {
    stop.gate().requireOpen();
    Engine engine = order.engine().open(order.settings());
    try {
      stop.cancels(engine);
      Schedule schedule = schedule(order, engine);
      agenda.follow(schedule);
      TaskRunner runner =
          new TaskRunner(
              engine,
              order,
              new Diagnosis(order.jobs(), order.repair(), order.upstream()),
              new Recovery(engine.lake(), order.jobs(), order.repair(), stop.gate(), console),
              stop,
              console);
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
