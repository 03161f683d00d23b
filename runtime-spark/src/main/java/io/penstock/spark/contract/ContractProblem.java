package io.penstock.spark.contract;

import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.contract.ContractConflict.EvidenceConflict;
import io.penstock.spark.contract.ContractConflict.PartitioningConflict;
import io.penstock.spark.contract.ContractConflict.WriterConflict;
import java.util.Optional;

/**
 * A conflict as users are told of it.
 *
 * @param code stable, for programs
 * @param why a main clause about the output
 * @param fix what to do, without a full stop
 */
public record ContractProblem(String code, String why, String fix) {
  /** The grain, the columns, their format or the zone would change. */
  public static final String CONTRACT_CHANGED = "CONTRACT_CHANGED";

  /** Another pipeline writes the output. */
  public static final String OTHER_WRITER = "OTHER_WRITER";

  /** The contract is of a later release, or damaged. */
  public static final String UNREADABLE_CONTRACT = "UNREADABLE_CONTRACT";

  /**
   * The problem of a conflict.
   *
   * @param directory of the output
   * @param command that runs the units which the output holds
   * @param handOver the step after which the other writer may take over; empty if there is none
   */
  public static ContractProblem of(
      ContractConflict conflict, String directory, String command, Optional<String> handOver) {
    if (conflict instanceof WriterConflict other) {
      return new ContractProblem(
          OTHER_WRITER,
          "pipeline %s writes it already, and each would replace rows of the other"
              .formatted(other.found()),
          "write to another path"
              + handOver
                  .map(
                      "; or, if %s is the new name of %s, hand it over: "
                              .formatted(other.wanted(), other.found())
                          ::concat)
                  .orElse(""));
    }
    String rebuild =
        "move the directory '%s' away and run what it held, in this lake: %s"
            .formatted(directory, command);
    if (conflict instanceof PartitioningConflict other) {
      return changed(
          "it is replaced %s and not %s, and %s"
              .formatted(other.found(), other.wanted(), harm(other)),
          other.wanted(),
          rebuild);
    }
    EvidenceConflict other = (EvidenceConflict) conflict;
    return changed(
        "%s, so it isn't replaced %s".formatted(other.evidence(), other.wanted()),
        other.wanted(),
        rebuild);
  }

  /** The problem of a contract that can't be read. */
  public static ContractProblem of(UnreadableContractException unreadable) {
    return new ContractProblem(UNREADABLE_CONTRACT, unreadable.why(), unreadable.fix());
  }

  /** The problem of a sink that writes the output. */
  public Problem at(Write write) {
    return Problem.at(
        write, code, "Cannot write to '%s': %s.".formatted(write.sink().path(), why), fix + ".");
  }

  private static ContractProblem changed(String why, Partitioning wanted, String rebuild) {
    return new ContractProblem(
        CONTRACT_CHANGED,
        why,
        "keep the way it is replaced, or write to another path; to rebuild it %s, %s"
            .formatted(wanted, rebuild));
  }

  private static String harm(PartitioningConflict other) {
    return other.wanted().isWhole()
        ? "every other unit would be lost"
        : "rows of both would be kept side by side";
  }
}
