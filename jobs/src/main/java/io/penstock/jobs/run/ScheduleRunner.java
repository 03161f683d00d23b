package io.penstock.jobs.run;

import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.TaskResult;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Goes through a schedule once. */
final class ScheduleRunner {
  private final PendingTasks pending;
  private final ResultReporter reporter;
  private final TaskRunner runner;
  private final Records records;
  private final Stop stop;
  private final Clock clock;

  /** For each task that didn't succeed, the result that is to blame: its own, or another's. */
  private final Map<Task.Key, TaskResult> blame = new HashMap<>();

  ScheduleRunner(
      PendingTasks pending,
      ResultReporter reporter,
      TaskRunner runner,
      Records records,
      Stop stop,
      Clock clock) {
    this.pending = pending;
    this.reporter = reporter;
    this.runner = runner;
    this.records = records;
    this.stop = stop;
    this.clock = clock;
  }

  void run(Schedule schedule) {
    int number = 0;
    for (Schedule.Entry entry : schedule.entries()) {
      number++;
      Optional<TaskResult> blamed = blamed(entry);
      int place = number;
      TaskResult result =
          withoutRunning(entry.task(), blamed)
              .orElseGet(() -> attempted(entry.task(), place, schedule.entries().size()));
      ended(result, blamed);
    }
  }

  /** The result of a task that is not begun, because all is stopped or another one failed. */
  private Optional<TaskResult> withoutRunning(Task task, Optional<TaskResult> blamed) {
    return stop.reason()
        .map(reason -> pending.stopped(task, reason))
        .or(() -> blamed.map(cause -> pending.skipped(task, cause)));
  }

  private TaskResult attempted(Task task, int number, int of) {
    // Before the task's own run begins, of which nothing is published meanwhile.
    runner.completeEarlier(task);
    String runId = pending.begin(task);
    tellStart(task, runId, number, of);
    Instant startedAt = clock.instant();
    record(task, () -> records.begin(task, runId, startedAt));
    return runner.run(
        task, runId, startedAt, result -> record(task, () -> records.keep(result, startedAt)));
  }

  private void tellStart(Task task, String runId, int number, int of) {
    reporter.forPeople().starts(task, runId, number, of);
  }

  private void ended(TaskResult result, Optional<TaskResult> blamed) {
    reporter.ended(result);
    pending.end(result.task());
    if (result.status() != Status.SUCCEEDED) {
      blame.put(result.task().key(), blamed.orElse(result));
    }
  }

  /**
   * A record that can't be kept doesn't change what is published.
   *
   * @return whether it was kept
   */
  private boolean record(Task task, Runnable keeping) {
    try {
      keeping.run();
      return true;
    } catch (Throwable e) {
      reporter.forPeople().notRecorded(task, e);
      return false;
    }
  }

  private Optional<TaskResult> blamed(Schedule.Entry entry) {
    return entry.dependencies().stream()
        .map(key -> Optional.ofNullable(blame.get(key)))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
