package io.penstock.spark.delta;

import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.contract.ContractConflict;
import io.penstock.spark.contract.ContractConflict.EvidenceConflict;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.Partitioning;
import io.penstock.spark.contract.RebuildCommand;
import io.penstock.spark.contract.StoredUnits;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spec.Grain;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import java.util.List;
import java.util.Optional;

/**
 * Compares how a pipeline writes or reads a table with the contract that the table states; where it
 * states none, with what it holds.
 */
final class TableContractCheck {
  private TableContractCheck() {}

  /** What is wrong with writing a table, if anything is. */
  static Optional<Problem> ofTable(Write write, String pipeline, PinnedTable table) {
    Sink sink = write.sink();
    OutputContract wanted = OutputContract.of(sink.partition(), pipeline);
    try {
      Optional<OutputContract> stored = table.contract();
      Optional<ContractConflict> difference =
          stored.isPresent()
              ? wanted.against(stored.get())
              : againstContent(wanted, sink.partition(), table);
      return difference
          .map(
              found ->
                  TableContracts.problem(
                      table.path(),
                      found,
                      wanted,
                      stored,
                      RebuildCommand.of(pipeline, sink.partition(), held(table), stored)))
          .map(problem -> problem.at(write));
    } catch (UnreadableContractException e) {
      return Optional.of(ContractProblem.of(e).at(write));
    }
  }

  /** What is wrong with reading a table, if anything is. */
  static Optional<Problem> ofSource(Node.Read node, PinnedTable table) {
    Source source = node.source();
    Optional<OutputContract> stored;
    try {
      stored = table.contract();
    } catch (UnreadableContractException e) {
      return Optional.of(
          Problem.at(
              node,
              ContractProblem.UNREADABLE_CONTRACT,
              "Cannot read '%s': %s.".formatted(source.path(), e.why()),
              e.fix() + "."));
    }
    return source
        .window()
        .flatMap(
            window -> {
              Partitioning read = Partitioning.of(Optional.of(window.partition()));
              Optional<String> why =
                  stored.isPresent() && !stored.get().partitioning().isWhole()
                      ? Optional.of(stored.get().partitioning())
                          .filter(division -> !division.equals(read))
                          .map(division -> "it is written " + division)
                      : misfit(window.partition(), table);
              return why.map(reason -> unreadable(node, read, reason));
            });
  }

  /** The units of a table that is partitioned by one column. */
  private static Optional<RebuildCommand.StoredValues> held(PinnedTable table) {
    List<String> columns = table.partitionColumns();
    return columns.size() == 1
        ? Optional.of(
            new RebuildCommand.StoredValues(columns.get(0), table.valuesOf(columns.get(0))))
        : Optional.empty();
  }

  private static Problem unreadable(Node.Read node, Partitioning read, String why) {
    return Problem.at(
        node,
        ContractProblem.CONTRACT_CHANGED,
        "Cannot read '%s' %s: %s, and rows would be left out in silence."
            .formatted(node.source().path(), read, why),
        "read it by the unit by which it is written, or the whole of it and filter its rows.");
  }

  private static Optional<ContractConflict> againstContent(
      OutputContract wanted, Optional<Partition> partition, PinnedTable table) {
    return table
        .precedent()
        .against(wanted, partition)
        .or(
            () ->
                partition
                    .flatMap(p -> misfit(p, table))
                    .map(evidence -> new EvidenceConflict(wanted.partitioning(), evidence)));
  }

  /** A stored partition value that is the start of no unit. */
  private static Optional<String> misfit(Partition partition, PinnedTable table) {
    if (!DeltaSourceHandler.isPartitionedBy(table, partition)) {
      return Optional.empty();
    }
    for (PartitionColumn column : partition.columns()) {
      boolean anyDateIsOne = partition.grain() == Grain.DAY && column.format().isEmpty();
      if (!anyDateIsOne) {
        Optional<String> found =
            StoredUnits.firstMisfit(partition, column, table.valuesOf(column.name()));
        if (found.isPresent()) {
          return found.map(
              value ->
                  "its partition %s=%s begins no %s"
                      .formatted(column.name(), value, partition.grain().text()));
        }
      }
    }
    return Optional.empty();
  }
}
