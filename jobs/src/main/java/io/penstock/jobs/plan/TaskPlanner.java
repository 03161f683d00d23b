package io.penstock.jobs.plan;

import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.LakePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    List<Task> open = added(requested, tasks);
    while (!open.isEmpty()) {
      open = added(upstream.of(open), tasks);
    }
    return tasks;
  }

  /** Adds tasks, and gives those that were not there before. */
  private static List<Task> added(List<Task> more, Map<Task.Key, Task> tasks) {
    return more.stream().filter(task -> tasks.putIfAbsent(task.key(), task) == null).toList();
  }

  /**
   * One depth-first walk: a task is placed once all that it depends on are. The tasks that wait are
   * kept on a stack of its own, because a job that reads its own past makes as long a chain as
   * there are units.
   */
  private static final class Ordering {
    private final Map<Task.Key, Task> tasks;
    private final Dependencies dependencies;
    private final Set<Task.Key> placed = new HashSet<>();
    private final Map<Task.Key, Waiting> waiting = new LinkedHashMap<>();
    private final Deque<Waiting> stack = new ArrayDeque<>();
    private final List<Schedule.Entry> entries = new ArrayList<>();

    Ordering(Map<Task.Key, Task> tasks, Dependencies dependencies) {
      this.tasks = tasks;
      this.dependencies = dependencies;
    }

    Schedule schedule() {
      for (Task task : tasks.values()) {
        open(task);
        while (!stack.isEmpty()) {
          advance(stack.element());
        }
      }
      return new Schedule(entries);
    }

    private void open(Task task) {
      if (!placed.contains(task.key())) {
        Waiting opened = new Waiting(task, dependencies.of(task));
        waiting.put(task.key(), opened);
        stack.push(opened);
      }
    }

    private void advance(Waiting top) {
      if (top.hasNext()) {
        Task.Key key = top.next();
        if (waiting.containsKey(key)) {
          throw PlanErrors.cycle(cycleFrom(key));
        }
        open(tasks.get(key));
      } else {
        stack.pop();
        waiting.remove(top.task.key());
        placed.add(top.task.key());
        entries.add(new Schedule.Entry(top.task, top.reads.keySet()));
      }
    }

    private List<PlanErrors.Step> cycleFrom(Task.Key first) {
      List<PlanErrors.Step> steps = new ArrayList<>();
      waiting.forEach(
          (key, each) -> {
            if (!steps.isEmpty() || key.equals(first)) {
              steps.add(new PlanErrors.Step(each.task, each.path()));
            }
          });
      return steps;
    }
  }

  /** A task some of whose dependencies aren't placed yet. */
  private static final class Waiting {
    private final Task task;
    private final Map<Task.Key, LakePath> reads;
    private final Iterator<Task.Key> open;
    private Optional<Task.Key> current = Optional.empty();

    Waiting(Task task, Map<Task.Key, LakePath> reads) {
      this.task = task;
      this.reads = reads;
      this.open = reads.keySet().iterator();
    }

    boolean hasNext() {
      return open.hasNext();
    }

    Task.Key next() {
      Task.Key key = open.next();
      current = Optional.of(key);
      return key;
    }

    /** Where it reads the dependency that it waits for. */
    LakePath path() {
      return reads.get(current.orElseThrow());
    }
  }
}
