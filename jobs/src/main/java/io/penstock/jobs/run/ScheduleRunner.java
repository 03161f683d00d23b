package io.penstock.jobs.run;

import io.penstock.jobs.plan.Schedule;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.TaskResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through a schedule once. */
final class ScheduleRunner {
  private final PendingTasks pending;
  private final ResultReporter reporter;
  private final TaskRunner runner;
  private final Records records;
  private final Stop stop;

  /** For each task that didn't succeed, the failed result that caused it: its own, or another's. */
  private final Map<Task.Key, List<TaskResult>> causes = new HashMap<>();

  ScheduleRunner(
      PendingTasks pending,
      ResultReporter reporter,
      TaskRunner runner,
      Records records,
      Stop stop) {
    this.pending = pending;
    this.reporter = reporter;
    this.runner = runner;
    this.records = records;
    this.stop = stop;
  }

  void run(Schedule schedule) {
    List<Schedule.Entry> entries = schedule.entries();
    for (int i = 0; i < entries.size(); i++) {
      Task task = entries.get(i).task();
      int number = i + 1;
      List<TaskResult> failures = failuresBehind(entries.get(i));
      TaskResult result =
          withoutRunning(task, failures).orElseGet(() -> attempted(task, number, entries.size()));
      ended(result, failures);
    }
  }

  /** The result of a task that is not begun, because all is stopped or another one failed. */
  private Optional<TaskResult> withoutRunning(Task task, List<TaskResult> failures) {
    return stop.reason()
        .map(reason -> pending.stopped(task, reason))
        .or(
            () ->
                failures.isEmpty()
                    ? Optional.empty()
                    : Optional.of(pending.skipped(task, failures)));
  }

  private TaskResult attempted(Task task, int number, int of) {
    // Before the task's own run begins, of which nothing is published meanwhile.
    runner.completeEarlier(task);
    PendingTasks.Attempt attempt = pending.begin(task);
    tellStart(attempt, number, of);
    record(task, () -> records.begin(attempt));
    return runner.run(
        attempt, result -> record(task, () -> records.keep(result, attempt.startedAt())));
  }

  private void tellStart(PendingTasks.Attempt attempt, int number, int of) {
    reporter.forPeople().starts(attempt.task(), attempt.runId(), number, of);
  }

  private void ended(TaskResult result, List<TaskResult> failures) {
    reporter.ended(result);
    pending.end(result.task());
    if (result.status() != Status.SUCCEEDED) {
      causes.put(result.task().key(), failures.isEmpty() ? List.of(result) : failures);
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

  /** What has failed of all that a task rests on, each once. */
  private List<TaskResult> failuresBehind(Schedule.Entry entry) {
    return entry.dependencies().stream()
        .flatMap(key -> causes.getOrDefault(key, List.of()).stream())
        .distinct()
        .toList();
  }
}
