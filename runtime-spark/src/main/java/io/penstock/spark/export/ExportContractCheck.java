package io.penstock.spark.export;

import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.contract.Disagreement;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.RebuildCommand;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spec.Sink;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Compares what a pipeline takes an export for with what that says of itself. */
final class ExportContractCheck {
  private ExportContractCheck() {}

  /** What is wrong with publishing an export, if anything is. */
  static Optional<Problem> of(
      Write write, String pipeline, Path export, ExportContracts contracts) {
    Sink sink = write.sink();
    try {
      return contracts
          .disagreement(
              export,
              OutputContract.of(sink.partition(), pipeline),
              sink.partition(),
              stated ->
                  RebuildCommand.of(
                      pipeline, sink.partition(), held(contracts.published(export)), stated))
          .map(disagreement -> problem(write, disagreement));
    } catch (UnreadableContractException e) {
      return Optional.of(problem(write, Disagreement.of(e)));
    }
  }

  /** The units of an export that is divided by one column. */
  private static Optional<RebuildCommand.Held> held(List<ExportTarget> published) {
    List<List<String>> columns = published.stream().map(ExportTarget::columns).distinct().toList();
    return columns.size() == 1 && columns.get(0).size() == 1
        ? Optional.of(
            new RebuildCommand.Held(
                columns.get(0).get(0),
                published.stream().map(unit -> unit.partition().get(0).value()).toList()))
        : Optional.empty();
  }

  private static Problem problem(Write write, Disagreement disagreement) {
    return Problem.at(
        write,
        disagreement.code(),
        "Cannot write to '%s': %s.".formatted(write.sink().path(), disagreement.why()),
        disagreement.fix() + ".");
  }
}
