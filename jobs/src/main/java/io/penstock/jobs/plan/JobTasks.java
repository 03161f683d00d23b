package io.penstock.jobs.plan;

import io.penstock.spec.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tasks of one job, found by the units that they write. The units of a job don't overlap, so
 * those that overlap an interval lie side by side.
 */
final class JobTasks {
  private final List<Task> tasks;
  private final List<Integer> withoutUnit = new ArrayList<>();
  private final NavigableMap<Instant, Integer> byStart = new TreeMap<>();

  JobTasks(List<Task> tasks) {
    this.tasks = List.copyOf(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      int position = i;
      tasks
          .get(i)
          .unit()
          .ifPresentOrElse(
              unit -> byStart.put(unit.from(), position), () -> withoutUnit.add(position));
    }
  }

  /** Those that write some of what is read, in the order in which they were asked for. */
  List<Task> writing(TaskInput input) {
    if (input.isWhole()) {
      return tasks;
    }
    TreeSet<Integer> found = new TreeSet<>(withoutUnit);
    input.units().forEach(unit -> found.addAll(overlapping(unit)));
    return found.stream().map(tasks::get).toList();
  }

  private List<Integer> overlapping(Interval unit) {
    Map.Entry<Instant, Integer> before = byStart.lowerEntry(unit.from());
    List<Integer> found = new ArrayList<>(byStart.subMap(unit.from(), unit.to()).values());
    if (before != null && tasks.get(before.getValue()).unit().orElseThrow().overlaps(unit)) {
      found.add(before.getValue());
    }
    return found;
  }
}
