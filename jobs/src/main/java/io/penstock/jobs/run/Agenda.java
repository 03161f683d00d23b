package io.penstock.jobs.run;

import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.jobs.ExitCode;
import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
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
final class Agenda {
  private final Map<Task.Key, Task> open = new LinkedHashMap<>();
  private final Map<Task.Key, Begun> begun = new HashMap<>();
  private final RunIds names;
  private final RepairCommands repair;
  private final Clock clock;

  private record Begun(String runId, long at) {}

  Agenda(List<Task> tasks, RunIds names, RepairCommands repair, Clock clock) {
    tasks.forEach(task -> open.put(task.key(), task));
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
            task.key(), key -> new Begun(names.next(clock.instant()), System.nanoTime()))
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

  /** A task whose commits had begun and did not come to an end in time. */
  TaskResult cutShort(Task task, StopReason reason) {
    Failure failure = reason.failureWhilePublishing();
    RunReport report =
        new RunReport(
            RunReport.Published.PARTIAL, List.of(), List.of(), List.of(), Optional.of(failure));
    return new TaskResult(
        task,
        begin(task),
        Status.STOPPED,
        reason.exitCode(),
        Optional.of(report),
        duration(task),
        Optional.of(failure),
        Optional.of(repair.rerun(task)));
  }

  /** Whether the task's run has begun. */
  synchronized boolean hasBegun(Task task) {
    return begun.containsKey(task.key());
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
