package io.penstock.spark.contract;

import java.util.List;
import java.util.Optional;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class ContractErrors {
  private ContractErrors() {}

  static UnreadableContractException damaged(String why) {
    return damaged(why, Optional.empty());
  }

  static UnreadableContractException damaged(String why, Optional<Throwable> cause) {
    return new UnreadableContractException(
        "the contract that it states can't be read: " + why,
        "restore the contract, or remove all of it: the next run states it again",
        cause);
  }

  static UnreadableContractException later(String found, int known) {
    return new UnreadableContractException(
        "it states a contract of version " + found + ", and this release knows version " + known,
        "use the release that wrote it, or a later one",
        Optional.empty());
  }

  static IllegalArgumentException incompletePartitioning(
      String grain, List<String> columns, String zone) {
    return new IllegalArgumentException(
        "Cannot partition an output by grain '"
            + grain
            + "', columns "
            + columns
            + " and zone '"
            + zone
            + "': an output that is replaced as a whole has neither columns nor zone, and a unit of"
            + " time has both. Give both, or none.");
  }

  static IllegalArgumentException unnamedWriter() {
    return new IllegalArgumentException(
        "Cannot name the writer of an output: the pipeline has no name. Give it one.");
  }

  static IllegalArgumentException overlapping(Writer one, Writer other) {
    return new IllegalArgumentException(
        "Cannot let "
            + one
            + " and "
            + other
            + " write one output: no column keeps their rows apart. Bind both to different values"
            + " of one column, or give each an output of its own.");
  }
}
