package io.penstock.jobs.plan;

import io.penstock.plan.Nodes;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Source;
import java.util.List;

/**
 * What a task reads.
 *
 * @param units the units read of it, in order; empty when the whole is read
 */
record TaskInput(Source source, List<Interval> units) {
  TaskInput {
    units = List.copyOf(units);
  }

  /** Everything that the task reads, in the order of its plan. */
  static List<TaskInput> of(Task task) {
    return Nodes.reads(task.pipeline().writes()).stream()
        .map(read -> new TaskInput(read.source(), unitsOf(read.source(), task)))
        .distinct()
        .toList();
  }

  LakePath path() {
    return source.path();
  }

  boolean isWhole() {
    return units.isEmpty();
  }

  /** A window without a unit to count from is a problem that compiling reports. */
  private static List<Interval> unitsOf(Source source, Task task) {
    return source.window().flatMap(window -> task.unit().map(window::unitsFor)).orElse(List.of());
  }
}
