package io.penstock.jobs.run;

import io.penstock.engine.Failure;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.RunIds;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.TaskResult;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks that have not ended yet, and the results of those that don't run to their end. Used by
 * two threads: the one that runs the tasks, and the one that gives up waiting for it.
 */
final class PendingTasks {
  private final Map<Task.Key, Task> open = new LinkedHashMap<>();
  private final Map<Task.Key, Attempt> attempts = new HashMap<>();
  private final PublishGate gate;
  private final RunIds runIds = new RunIds(new SecureRandom());
  private final RepairCommands repair;
  private final Clock clock;

  /**
   * A task's run.
   *
   * @param startedNanos by {@link System#nanoTime}
   * @param publications how many had begun before
   */
  record Attempt(Task task, String runId, Instant startedAt, long startedNanos, int publications) {
    Duration duration() {
      return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    boolean hasBegunToPublish(PublishGate gate) {
      return gate.publications() > publications;
    }
  }

  PendingTasks(List<Task> tasks, PublishGate gate, RepairCommands repair, Clock clock) {
    tasks.forEach(task -> open.put(task.key(), task));
    this.gate = gate;
    this.repair = repair;
    this.clock = clock;
  }

  /** The tasks asked for, and those that had to be added, are now known in their order. */
  synchronized void follow(Schedule schedule) {
    open.clear();
    schedule.tasks().forEach(task -> open.put(task.key(), task));
  }

  /** Begins a task's run, unless it has begun. */
  synchronized Attempt begin(Task task) {
    return attempts.computeIfAbsent(
        task.key(),
        key -> {
          Instant now = clock.instant();
          return new Attempt(task, runIds.next(now), now, System.nanoTime(), gate.publications());
        });
  }

  synchronized void end(Task task) {
    open.remove(task.key());
  }

  synchronized List<Task> open() {
    return List.copyOf(open.values());
  }

  /**
   * A task that isn't run.
   *
   * @param failures of what it rests on, at least one
   */
  TaskResult skipped(Task task, List<TaskResult> failures) {
    return result(
        task,
        Status.SKIPPED,
        ExitCode.SKIPPED,
        RunErrors.skipped(task, failures),
        Optional.empty());
  }

  TaskResult failed(Task task, Failure failure) {
    return result(task, Status.FAILED, ExitCode.of(failure.kind()), failure, Optional.empty());
  }

  TaskResult stopped(Task task, StopReason reason) {
    return result(task, Status.STOPPED, reason.exitCode(), reason.failure(), Optional.empty());
  }

  /**
   * A task that the program stopped waiting for. When its commits had begun it is unknown how many
   * were made, even when the gate is idle again: only the task's own report says it.
   */
  TaskResult givenUp(Task task, StopReason reason) {
    if (!begin(task).hasBegunToPublish(gate)) {
      return stopped(task, reason);
    }
    Failure failure = reason.failureWhilePublishing();
    return result(
        task, Status.STOPPED, reason.exitCode(), failure, Optional.of(RunErrors.unknown(failure)));
  }

  private TaskResult result(
      Task task, Status status, ExitCode exitCode, Failure failure, Optional<RunReport> report) {
    Attempt attempt = begin(task);
    return new TaskResult(
        task,
        attempt.runId(),
        status,
        exitCode,
        report,
        attempt.duration(),
        Optional.of(failure),
        Optional.of(repair.rerun(task)));
  }
}
