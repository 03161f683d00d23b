package io.penstock.jobs.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tasks in an order in which each comes after those it depends on. */
public record Schedule(List<Entry> entries) {
  public Schedule {
    entries = List.copyOf(entries);
  }

  /**
   * A task and those of the schedule whose output it reads.
   *
   * @param dependencies all of them come earlier in the schedule
   */
  public record Entry(Task task, Set<Task.Key> dependencies) {
    public Entry {
      dependencies = Collections.unmodifiableSet(new LinkedHashSet<>(dependencies));
    }
  }

  public List<Task> tasks() {
    return entries.stream().map(Entry::task).toList();
  }
}
