package io.penstock.spark.contract;

import io.penstock.spec.Partition;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a table or an export promises: by what it is divided, and who writes which part of it.
 *
 * @param writers in the order of their names; of a stored contract no two overlap
 */
public record OutputContract(Division division, SortedSet<Writer> writers) {
  public OutputContract {
    writers = Collections.unmodifiableSortedSet(new TreeSet<>(writers));
    for (Writer one : writers) {
      for (Writer other : writers) {
        if (!one.equals(other) && one.overlaps(other)) {
          throw ContractErrors.overlapping(one, other);
        }
      }
    }
  }

  /** The contract of an output with one writer. */
  public static OutputContract of(Division division, Writer writer) {
    return new OutputContract(division, new TreeSet<>(Set.of(writer)));
  }

  /** What a pipeline that replaces everything of its units takes an output for. */
  public static OutputContract of(Optional<Partition> partition, String pipeline) {
    return of(Division.of(partition), Writer.ofEverything(pipeline));
  }

  /**
   * What speaks against working under this contract on an output whose stored contract is another;
   * empty when the two agree, or the writers of this one can stand beside those.
   */
  public Optional<ContractDifference> against(OutputContract stored) {
    if (!division.equals(stored.division)) {
      return Optional.of(new ContractDifference.OtherDivision(division, stored.division));
    }
    for (Writer own : writers) {
      for (Writer other : stored.writers) {
        if (!own.equals(other) && own.overlaps(other)) {
          return Optional.of(new ContractDifference.OtherWriter(own, other));
        }
      }
    }
    return Optional.empty();
  }

  /** This contract with the writers of another one, whom it agrees with. */
  public OutputContract joinedWith(OutputContract other) {
    SortedSet<Writer> all = new TreeSet<>(writers);
    all.addAll(other.writers);
    return new OutputContract(division, all);
  }

  /**
   * The same contract with a writer in the place of another; empty when somebody else would still
   * be in its way.
   */
  public Optional<OutputContract> handedOver(Writer from, Writer to) {
    SortedSet<Writer> all = new TreeSet<>(writers);
    all.remove(from);
    if (all.stream().anyMatch(other -> other.overlaps(to) && !other.equals(to))) {
      return Optional.empty();
    }
    all.add(to);
    return Optional.of(new OutputContract(division, all));
  }
}
