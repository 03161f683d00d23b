package io.penstock.spark.contract;

/** Why a contract disagrees with the stored contract of an output, or with its content. */
public sealed interface ContractConflict {

  /** The partitioning differs: rows of both would be kept side by side, or be lost. */
  record PartitioningConflict(Partitioning wanted, Partitioning found)
      implements ContractConflict {}

  /**
   * The output states no contract, and its content shows another partitioning.
   *
   * @param evidence a main clause
   */
  record EvidenceConflict(Partitioning wanted, String evidence) implements ContractConflict {}

  /** Another pipeline writes the same rows. */
  record WriterConflict(Writer wanted, Writer found) implements ContractConflict {}
}
