package io.penstock.spark.contract;

import io.penstock.spec.Partition;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The contract of a table or an export: how it is partitioned, and who writes which part of it.
 *
 * @param writers in the order of their names; no two of them overlap
 */
public record OutputContract(Partitioning partitioning, SortedSet<Writer> writers) {
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
  public static OutputContract of(Partitioning partitioning, Writer writer) {
    return new OutputContract(partitioning, new TreeSet<>(Set.of(writer)));
  }

  /** The contract that a pipeline needs if it replaces whole units. */
  public static OutputContract of(Optional<Partition> partition, String pipeline) {
    return of(Partitioning.of(partition), Writer.ofEverything(pipeline));
  }

  /**
   * Why an output with another stored contract can't be written under this one; empty if both
   * agree, or if the writers of both write different rows.
   */
  public Optional<ContractConflict> against(OutputContract stored) {
    if (!partitioning.equals(stored.partitioning)) {
      return Optional.of(
          new ContractConflict.PartitioningConflict(partitioning, stored.partitioning));
    }
    for (Writer own : writers) {
      for (Writer other : stored.writers) {
        if (!own.equals(other) && own.overlaps(other)) {
          return Optional.of(new ContractConflict.WriterConflict(own, other));
        }
      }
    }
    return Optional.empty();
  }

  /** This contract with the writers of another contract, with which it agrees. */
  public OutputContract joinedWith(OutputContract other) {
    SortedSet<Writer> all = new TreeSet<>(writers);
    all.addAll(other.writers);
    return new OutputContract(partitioning, all);
  }

  /**
   * The same contract with a writer replaced by another; empty if that one overlaps with a third
   * writer.
   */
  public Optional<OutputContract> handedOver(Writer from, Writer to) {
    SortedSet<Writer> all = new TreeSet<>(writers);
    all.remove(from);
    if (all.stream().anyMatch(other -> other.overlaps(to) && !other.equals(to))) {
      return Optional.empty();
    }
    all.add(to);
    return Optional.of(new OutputContract(partitioning, all));
  }
}
