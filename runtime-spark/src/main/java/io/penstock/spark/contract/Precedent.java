package io.penstock.spark.contract;

import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Optional;

/**
 * The last publication of an output that states no contract, since an earlier release made it: what
 * a pipeline that is to state one must not contradict.
 *
 * @param pipeline who published; empty when nobody can tell
 * @param columns the columns of the replaced unit; none when the whole was replaced
 * @param interval the unit, as far as it is known
 */
public record Precedent(
    Optional<String> pipeline, Optional<List<String>> columns, Optional<Interval> interval) {
  /** Nothing is known. */
  public static final Precedent NONE =
      new Precedent(Optional.empty(), Optional.empty(), Optional.empty());

  /** What speaks against stating a contract. */
  public Optional<ContractDifference> against(OutputContract wanted, Optional<Partition> partition) {
    Writer own = wanted.writers().first();
    if (pipeline.isPresent() && !pipeline.get().equals(own.pipeline())) {
      return Optional.of(
          new ContractDifference.OtherWriter(own, Writer.ofEverything(pipeline.get())));
    }
    // The columns of a unit come in alphabetical order.
    List<String> names = wanted.division().columnNames().stream().sorted().toList();
    if (columns.isPresent() && !columns.get().stream().sorted().toList().equals(names)) {
      return Optional.of(
          new ContractDifference.OtherPractice(
              wanted.division(),
              columns.get().isEmpty()
                  ? "its last publication replaced the whole"
                  : "its last publication replaced a unit of " + String.join(", ", columns.get())));
    }
    return partition
        .filter(p -> interval.isPresent() && !p.isUnit(interval.get()))
        .map(
            p ->
                new ContractDifference.OtherPractice(
                    wanted.division(),
                    "its last publication replaced the unit " + interval.get()));
  }
}
