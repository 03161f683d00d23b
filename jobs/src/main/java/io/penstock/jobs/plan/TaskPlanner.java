package io.penstock.jobs.plan;

import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.LakePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts tasks in the order of their dependencies, which follow from what the pipelines read and
 * write. Where these leave a choice, the order asked for stands.
 */
public final class TaskPlanner {
  private final JobRegistry jobs;
  private final Upstream upstream;

  public TaskPlanner(JobRegistry jobs, Upstream upstream) {
    this.jobs = jobs;
    this.upstream = upstream;
  }

  /**
   * A schedule of the tasks asked for and of those that have to be added.
   *
   * @throws io.penstock.engine.RunFailedException of kind INVALID, when tasks wait for each other
   */
  public Schedule plan(List<Task> requested) {
    Map<Task.Key, Task> tasks = withUpstream(requested);
    return new Ordering(tasks, new Dependencies(jobs, tasks.values())).schedule();
  }

  private Map<Task.Key, Task> withUpstream(List<Task> requested) {
    Map<Task.Key, Task> tasks = new LinkedHashMap<>();
    Deque<Task> open = new ArrayDeque<>();
    requested.forEach(task -> addOnce(task, tasks, open));
    while (!open.isEmpty()) {
      upstream.of(open.remove()).forEach(task -> addOnce(task, tasks, open));
    }
    return tasks;
  }

  private static void addOnce(Task task, Map<Task.Key, Task> tasks, Deque<Task> open) {
    if (tasks.putIfAbsent(task.key(), task) == null) {
      open.add(task);
    }
  }

  /** One depth-first walk: a task is placed once all that it depends on are. */
  private static final class Ordering {
    private final Map<Task.Key, Task> tasks;
    private final Dependencies dependencies;
    private final Set<Task.Key> placed = new HashSet<>();
    private final Map<Task.Key, LakePath> pending = new LinkedHashMap<>();
    private final List<Schedule.Entry> entries = new ArrayList<>();

    Ordering(Map<Task.Key, Task> tasks, Dependencies dependencies) {
      this.tasks = tasks;
      this.dependencies = dependencies;
    }

    Schedule schedule() {
      tasks.values().forEach(this::place);
      return new Schedule(entries);
    }

    private void place(Task task) {
      if (placed.contains(task.key())) {
        return;
      }
      Map<Task.Key, LakePath> reads = dependencies.of(task);
      reads.forEach(
          (key, path) -> {
            pending.put(task.key(), path);
            if (pending.containsKey(key)) {
              throw PlanErrors.cycle(cycleFrom(key));
            }
            place(tasks.get(key));
          });
      pending.remove(task.key());
      placed.add(task.key());
      entries.add(new Schedule.Entry(task, reads.keySet()));
    }

    private List<PlanErrors.Step> cycleFrom(Task.Key first) {
      List<PlanErrors.Step> steps = new ArrayList<>();
      pending.forEach(
          (key, path) -> {
            if (!steps.isEmpty() || key.equals(first)) {
              steps.add(new PlanErrors.Step(tasks.get(key), path));
            }
          });
      return steps;
    }
  }
}
