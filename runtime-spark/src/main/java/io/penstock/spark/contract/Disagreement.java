package io.penstock.spark.contract;

import io.penstock.spark.contract.ContractDifference.OtherDivision;
import io.penstock.spark.contract.ContractDifference.OtherPractice;
import io.penstock.spark.contract.ContractDifference.OtherWriter;
import java.util.Optional;

/**
 * A difference as people are told of it.
 *
 * @param code stable, for programs
 * @param why a main clause about the output
 * @param fix what to do, without a full stop
 */
public record Disagreement(String code, String why, String fix) {
  /** The grain, the columns or their form would change. */
  public static final String CONTRACT_CHANGED = "CONTRACT_CHANGED";

  /** Somebody else writes the output. */
  public static final String OTHER_WRITER = "OTHER_WRITER";

  /** The contract is of a later release, or damaged. */
  public static final String UNREADABLE_CONTRACT = "UNREADABLE_CONTRACT";

  /**
   * Words for a difference.
   *
   * @param rebuild the steps after which the output can be divided otherwise
   * @param handOver the step after which another writer may take over, if there is one
   */
  public static Disagreement of(
      ContractDifference difference, String rebuild, Optional<String> handOver) {
    if (difference instanceof OtherWriter other) {
      return new Disagreement(
          OTHER_WRITER,
          "pipeline %s writes it already, and each would replace rows of the other"
              .formatted(other.found()),
          "write to another path"
              + handOver
                  .map(
                      "; or, if %s is what was %s, hand it over: "
                              .formatted(other.wanted(), other.found())
                          ::concat)
                  .orElse(""));
    }
    if (difference instanceof OtherDivision other) {
      return changed(
          "it is replaced %s and not %s, and %s"
              .formatted(other.found(), other.wanted(), harm(other)),
          other.wanted(),
          rebuild);
    }
    OtherPractice practice = (OtherPractice) difference;
    return changed(
        "%s, so that it isn't replaced %s".formatted(practice.evidence(), practice.wanted()),
        practice.wanted(),
        rebuild);
  }

  /** Words for a contract that can't be read. */
  public static Disagreement of(UnreadableContractException unreadable) {
    return new Disagreement(UNREADABLE_CONTRACT, unreadable.why(), unreadable.fix());
  }

  private static Disagreement changed(String why, Division wanted, String rebuild) {
    return new Disagreement(
        CONTRACT_CHANGED,
        why,
        "keep to how it is replaced, or write to another path; to rebuild it %s, %s"
            .formatted(wanted, rebuild));
  }

  private static String harm(OtherDivision other) {
    return other.wanted().isWhole()
        ? "every other unit would be lost"
        : "rows of both would stand side by side";
  }
}
