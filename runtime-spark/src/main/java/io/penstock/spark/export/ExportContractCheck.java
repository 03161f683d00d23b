package io.penstock.spark.export;

import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.RebuildCommand;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spec.Sink;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Compares the contract that a pipeline needs with that of an existing export. */
final class ExportContractCheck {
  private ExportContractCheck() {}

  /** Why an export can't be published; empty if it can. */
  static Optional<Problem> of(
      Write write, String pipeline, Path export, ExportContracts contracts) {
    Sink sink = write.sink();
    try {
      return contracts
          .problem(
              export,
              OutputContract.of(sink.partition(), pipeline),
              sink.partition(),
              stated ->
                  RebuildCommand.of(
                      pipeline,
                      sink.partition(),
                      storedValues(contracts.published(export)),
                      stated))
          .map(problem -> problem.at(write));
    } catch (UnreadableContractException e) {
      return Optional.of(ContractProblem.of(e).at(write));
    }
  }

  /** The units of an export that is partitioned by one column. */
  private static Optional<RebuildCommand.StoredValues> storedValues(List<ExportTarget> published) {
    List<List<String>> columns = published.stream().map(ExportTarget::columns).distinct().toList();
    return columns.size() == 1 && columns.get(0).size() == 1
        ? Optional.of(
            new RebuildCommand.StoredValues(
                columns.get(0).get(0),
                published.stream().map(unit -> unit.partition().get(0).value()).toList()))
        : Optional.empty();
  }
}
