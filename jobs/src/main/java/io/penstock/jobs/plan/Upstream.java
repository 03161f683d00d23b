package io.penstock.jobs.plan;

import java.util.List;

/** The tasks to be added to a schedule because others read what they produce. */
@FunctionalInterface
public interface Upstream {
  /**
   * The tasks that have to run before some, besides those asked for; in the order of these. Asked
   * for many at once, so that the lake is asked once for each table and not once for each unit.
   */
  List<Task> of(List<Task> tasks);

  /** Adds nothing: what is missing is reported when the task is compiled. */
  Upstream NONE = tasks -> List.of();
}
