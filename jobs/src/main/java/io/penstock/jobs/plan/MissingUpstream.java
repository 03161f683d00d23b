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
  public List<Task> of(Task task) {
    List<Task> tasks = new ArrayList<>();
    for (TaskInput input : TaskInput.of(task)) {
      for (Pipeline producer : jobs.producersOf(input.path())) {
        if (!graph.feedEachOther(task.pipeline(), producer)) {
          tasks.addAll(input.isWhole() ? forWhole(input, producer) : forUnits(input, producer));
        }
      }
    }
    return List.copyOf(tasks);
  }

  private List<Task> forWhole(TaskInput input, Pipeline producer) {
    boolean present = input.source().isTable() && lake.isPresent(input.path());
    return present || producer.partition().isPresent()
        ? List.of()
        : List.of(new Task(producer, Optional.empty()));
  }

  private List<Task> forUnits(TaskInput input, Pipeline producer) {
    List<Interval> missing = missingUnits(input);
    if (missing.isEmpty()) {
      return List.of();
    }
    return producer
        .partition()
        .map(partition -> tasks(producer, partition, missing))
        .orElseGet(() -> List.of(new Task(producer, Optional.empty())));
  }

  private List<Interval> missingUnits(TaskInput input) {
    return input.source().isTable()
        ? lake.missingUnits(
            input.path(), input.source().window().orElseThrow().partition(), input.units())
        : input.units();
  }

  private static List<Task> tasks(Pipeline producer, Partition partition, List<Interval> missing) {
    return missing.stream()
        .flatMap(unit -> partition.unitsIn(unit).stream())
        .distinct()
        .map(unit -> new Task(producer, Optional.of(unit)))
        .toList();
  }
}
