package io.penstock.jobs.run;

import io.penstock.engine.Failure;
import io.penstock.engine.PublishGate;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.RunIds;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks that have still to end, and the results of those that end without having run to their
 * end. Used by two threads: the one that runs the tasks, and the one that gives up waiting for it.
 */
final class PendingTasks {
  private final Map<Task.Key, Task> open = new LinkedHashMap<>();
  private final Map<Task.Key, Begun> begun = new HashMap<>();
  private final PublishGate gate;
  private final RunIds names;
  private final RepairCommands repair;
  private final Clock clock;

  /**
   * @param publications how many had begun before
   */
  private record Begun(String runId, long at, int publications) {}

  PendingTasks(
      List<Task> tasks, PublishGate gate, RunIds names, RepairCommands repair, Clock clock) {
    tasks.forEach(task -> open.put(task.key(), task));
    this.gate = gate;
    this.names = names;
    this.repair = repair;
    this.clock = clock;
  }

  /** The tasks asked for, and those that had to be added, are now known in their order. */
  synchronized void follow(Schedule schedule) {
    open.clear();
    schedule.tasks().forEach(task -> open.put(task.key(), task));
  }

  /** A name for the task's run. */
  synchronized String begin(Task task) {
    return begun
        .computeIfAbsent(
            task.key(),
            key -> new Begun(names.next(clock.instant()), System.nanoTime(), gate.publications()))
        .runId();
  }

  synchronized void end(Task task) {
    open.remove(task.key());
  }

  synchronized List<Task> open() {
    return List.copyOf(open.values());
  }

  TaskResult skipped(Task task, TaskResult cause) {
    Failure failure = cause.failure().orElseThrow();
    return unfinished(
        task,
        Status.SKIPPED,
        ExitCode.SKIPPED,
        RunErrors.skipped(task, cause.task(), failure.kind()));
  }

  TaskResult failed(Task task, Failure failure) {
    return unfinished(task, Status.FAILED, ExitCode.of(failure.kind()), failure);
  }

  TaskResult stopped(Task task, StopReason reason) {
    return unfinished(task, Status.STOPPED, reason.exitCode(), reason.failure());
  }

  /**
   * A task that the program stopped waiting for. When its commits had begun nobody knows how far
   * they came, even when the gate is idle again: only the task's own report tells.
   */
  TaskResult givenUp(Task task, StopReason reason) {
    return hasBegunToPublish(task) ? cutShort(task, reason) : stopped(task, reason);
  }

  private TaskResult cutShort(Task task, StopReason reason) {
    Failure failure = reason.failureWhilePublishing();
    return new TaskResult(
        task,
        begin(task),
        Status.STOPPED,
        reason.exitCode(),
        Optional.of(RunErrors.unknown(failure)),
        duration(task),
        Optional.of(failure),
        Optional.of(repair.rerun(task)));
  }

  private synchronized boolean hasBegunToPublish(Task task) {
    return Optional.ofNullable(begun.get(task.key()))
        .filter(run -> gate.publications() > run.publications())
        .isPresent();
  }

  private synchronized Duration duration(Task task) {
    return Optional.ofNullable(begun.get(task.key()))
        .map(run -> Duration.ofNanos(System.nanoTime() - run.at()))
        .orElse(Duration.ZERO);
  }

  private TaskResult unfinished(Task task, Status status, ExitCode exitCode, Failure failure) {
    return new TaskResult(
        task,
        begin(task),
        status,
        exitCode,
        Optional.empty(),
        duration(task),
        Optional.of(failure),
        Optional.of(repair.rerun(task)));
  }
}
