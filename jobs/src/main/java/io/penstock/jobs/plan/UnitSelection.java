package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Problem;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The units that a command asks for, before it is known which pipeline's. */
public sealed interface UnitSelection {

  /** The unit that holds the date, if one is given. */
  static UnitSelection of(Optional<UnitDate> date) {
    return date.<UnitSelection>map(OfDate::new).orElseGet(Unspecified::new);
  }

  /** What is wrong with the selection for a pipeline; empty when it can be used. */
  List<Problem> problemsFor(Pipeline pipeline);

  /** The selected units of a partition, in order, when there are no problems. */
  List<Interval> unitsOf(Partition partition);

  /** One task for each unit; for a pipeline without partition, one in all. */
  default List<Task> tasksOf(Pipeline pipeline) {
    return pipeline
        .partition()
        .map(
            partition ->
                unitsOf(partition).stream()
                    .map(unit -> new Task(pipeline, Optional.of(unit)))
                    .toList())
        .orElseGet(() -> List.of(new Task(pipeline, Optional.empty())));
  }

  /** Nothing was asked for: enough for pipelines without partition. */
  record Unspecified() implements UnitSelection {
    @Override
    public List<Problem> problemsFor(Pipeline pipeline) {
      return pipeline.partition().stream()
          .map(partition -> PlanErrors.noDate(pipeline, partition))
          .toList();
    }

    @Override
    public List<Interval> unitsOf(Partition partition) {
      return List.of();
    }
  }

  /** The unit that holds a date. */
  record OfDate(UnitDate date) implements UnitSelection {
    @Override
    public List<Problem> problemsFor(Pipeline pipeline) {
      return List.of();
    }

    @Override
    public List<Interval> unitsOf(Partition partition) {
      return List.of(partition.unitOf(date));
    }
  }

  /**
   * The units from one date to another.
   *
   * @param from the first day of the first unit
   * @param to the first day of the first unit that is not selected any more
   */
  record Range(UnitDate from, UnitDate to) implements UnitSelection {
    @Override
    public List<Problem> problemsFor(Pipeline pipeline) {
      return pipeline.partition().stream()
          .flatMap(partition -> offGrain(pipeline, partition))
          .toList();
    }

    private Stream<Problem> offGrain(Pipeline pipeline, Partition partition) {
      Interval whole = partition.between(from, to);
      Range nearest = new Range(partition.dateOf(whole.from()), partition.dateOf(whole.to()));
      return nearest.equals(this)
          ? Stream.of()
          : Stream.of(PlanErrors.offGrain(pipeline, partition, this, nearest));
    }

    @Override
    public List<Interval> unitsOf(Partition partition) {
      return partition.unitsIn(partition.between(from, to));
    }
  }
}
