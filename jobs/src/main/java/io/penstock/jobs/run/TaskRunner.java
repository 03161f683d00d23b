package io.penstock.jobs.run;

import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.TaskResult;
import io.penstock.jobs.run.PendingTasks.Attempt;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs one task on an engine, and turns whatever happens into a result. */
final class TaskRunner {
  private final Engine engine;
  private final Arguments arguments;
  private final RepairAdvisor advisor;
  private final RepairCommands repair;
  private final Stop stop;
  private final Console console;
  private final Recovery recovery;

  TaskRunner(
      Engine engine,
      TaskBatch batch,
      RepairAdvisor advisor,
      Recovery recovery,
      Stop stop,
      Console console) {
    this.engine = engine;
    this.recovery = recovery;
    this.arguments = batch.arguments();
    this.advisor = advisor;
    this.repair = batch.repair();
    this.stop = stop;
    this.console = console;
  }

  /**
   * Compiles and executes the task; returns in any case.
   *
   * @param recorded keeps the result, and says whether it could; what another process needs to
   *     complete the run, and to record its end, is there until then
   */
  TaskResult run(Attempt attempt, Predicate<TaskResult> recorded) {
    Optional<CompiledRun> run = Optional.empty();
    TaskResult result;
    try {
      CompiledRun compiled =
          engine.compile(attempt.task().request(arguments, attempt.runId(), attempt.startedAt()));
      run = Optional.of(compiled);
      result = executed(compiled, attempt);
    } catch (Throwable e) {
      // Engines written in Scala throw checked exceptions that no signature declares.
      result = failed(attempt, e);
    }
    if (recorded.test(result)) {
      run.ifPresent(this::settle);
    }
    return result;
  }

  private TaskResult executed(CompiledRun run, Attempt attempt) {
    try (ProgressDisplay progress = new ProgressDisplay(console)) {
      return reported(run.execute(stop.gate(), progress), attempt);
    }
  }

  private TaskResult reported(RunReport report, Attempt attempt) {
    return report
        .failure()
        .map(failure -> advisor.of(failure, report, attempt.runId(), attempt.task()))
        .map(advice -> failed(attempt, advice, Optional.of(report)))
        .orElseGet(() -> succeeded(attempt, report));
  }

  private TaskResult failed(Attempt attempt, Throwable cause) {
    RepairAdvisor.Advice advice = advisor.of(cause, attempt.task());
    return failed(
        attempt,
        advice,
        attempt.hasBegunToPublish(stop.gate())
            ? Optional.of(RunErrors.unknown(advice.failure()))
            : Optional.empty());
  }

  /**
   * Completes what an earlier attempt at a task has left half published, so that it isn't seen for
   * as long as the next one computes. What stands in the way of it stands in the way of the task
   * too, which then says so.
   */
  void completeEarlier(Task task) {
    try {
      recovery.completeFor(task);
    } catch (Throwable e) {
      notCompleted(task, e);
    }
  }

  private void notCompleted(Task task, Throwable cause) {
    Failure failure = RunErrors.unexpected(cause);
    if (failure.kind() != FailureKind.STOPPED) {
      console.tell(
          "An earlier attempt at %s could not be completed: %s".formatted(task, failure.message()));
    }
  }

  /** A failure here doesn't change the outcome: a later recovery finds that the run has ended. */
  private void settle(CompiledRun run) {
    try {
      run.settle();
    } catch (Throwable e) {
      console.tell(
          "The outcome stands, but the journal could not be cleared: "
              + RunErrors.unexpected(e).message());
    }
  }

  private static TaskResult succeeded(Attempt attempt, RunReport report) {
    return new TaskResult(
        attempt.task(),
        attempt.runId(),
        Status.SUCCEEDED,
        ExitCode.DONE,
        Optional.of(report),
        attempt.duration(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A cancelled engine fails in many ways. As long as nothing was published, all of them mean that
   * the task was stopped.
   */
  private TaskResult failed(
      Attempt attempt, RepairAdvisor.Advice advice, Optional<RunReport> report) {
    Failure failure = advice.failure();
    boolean untouched =
        report.map(RunReport::published).orElse(RunReport.Published.NONE)
            == RunReport.Published.NONE;
    Optional<StopReason> reason = untouched ? stop.reason() : Optional.empty();
    boolean stopped = reason.isPresent() || failure.kind() == FailureKind.STOPPED;
    return new TaskResult(
        attempt.task(),
        attempt.runId(),
        stopped ? Status.STOPPED : Status.FAILED,
        reason.map(StopReason::exitCode).orElseGet(() -> ExitCode.of(failure.kind())),
        report,
        attempt.duration(),
        Optional.of(reason.map(StopReason::failure).orElse(failure)),
        failure.kind() == FailureKind.OVERTAKEN
            // To run it again would replace newer values by older ones.
            ? Optional.empty()
            : Optional.of(reason.isPresent() ? repair.rerun(attempt.task()) : advice.repair()));
  }
}
