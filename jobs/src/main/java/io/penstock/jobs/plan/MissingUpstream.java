package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Lake;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds the producers of what is not in the lake, for exactly the units that are read.
 *
 * <p>Two sorts of reads are left to the compiler, which says what is missing: the whole of a table
 * whose producer runs by units, because nothing says which units make it whole; and what a job
 * reads of its own past, directly or through others, because nothing says where that past begins.
 *
 * <p>The lake can't tell the units of an export, so an export that is read is always produced
 * again.
 */
public final class MissingUpstream implements Upstream {
  private final JobRegistry jobs;
  private final JobGraph graph;
  private final Lake lake;

  public MissingUpstream(JobRegistry jobs, Lake lake) {
    this.jobs = jobs;
    this.graph = new JobGraph(jobs);
    this.lake = lake;
  }

  @Override
  public List<Task> of(List<Task> tasks) {
    List<Reading> readings = tasks.stream().flatMap(task -> readings(task).stream()).toList();
    Presence presence = Presence.of(readings.stream().map(Reading::input).toList(), lake);
    return readings.stream().flatMap(reading -> missing(reading, presence).stream()).toList();
  }

  /** What a task reads of a job, which doesn't read what the task writes. */
  private record Reading(TaskInput input, Pipeline producer) {}

  private List<Reading> readings(Task task) {
    List<Reading> readings = new ArrayList<>();
    for (TaskInput input : TaskInput.of(task)) {
      for (Pipeline producer : jobs.producersOf(input.path())) {
        if (!graph.feedEachOther(task.pipeline(), producer)) {
          readings.add(new Reading(input, producer));
        }
      }
    }
    return readings;
  }

  private static List<Task> missing(Reading reading, Presence presence) {
    Pipeline producer = reading.producer();
    boolean byUnits = producer.partition().isPresent();
    if (reading.input().isWhole()) {
      return byUnits || presence.isWhole(reading.input()) ? List.of() : List.of(whole(producer));
    }
    List<Interval> missing = presence.missingUnits(reading.input());
    if (missing.isEmpty()) {
      return List.of();
    }
    return producer
        .partition()
        .map(partition -> tasks(producer, partition, missing))
        .orElseGet(() -> List.of(whole(producer)));
  }

  private static Task whole(Pipeline producer) {
    return new Task(producer, Optional.empty());
  }

  private static List<Task> tasks(Pipeline producer, Partition partition, List<Interval> missing) {
    return missing.stream()
        .flatMap(unit -> partition.unitsIn(unit).stream())
        .distinct()
        .map(unit -> new Task(producer, Optional.of(unit)))
        .toList();
  }
}
