package io.penstock.jobs.plan;

import java.util.List;

/** The tasks to be added to a schedule because a task reads what they produce. */
@FunctionalInterface
public interface Upstream {
  /** The tasks that have to run before this one, besides those asked for. */
  List<Task> of(Task task);

  /** Adds nothing: what is missing is reported when the task is compiled. */
  Upstream NONE = task -> List.of();
}
