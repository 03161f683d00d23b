package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractDifference;
import io.penstock.spark.contract.ContractDifference.OtherWriter;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.Disagreement;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.sql.SqlLiterals;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** What to tell people of a table whose contract is another. */
final class TableContracts {
  private TableContracts() {}

  /**
   * Words for a difference.
   *
   * @param stored the table's contract, if it states one
   * @param command that runs the units which the table held
   */
  public static Disagreement disagreement(
      Path table,
      ContractDifference difference,
      OutputContract wanted,
      Optional<OutputContract> stored,
      String command) {
    return Disagreement.of(
        difference,
        "move the directory '%s' away and run what it held, in this lake: %s"
            .formatted(table.toUri().getPath(), command),
        difference instanceof OtherWriter other
            ? handOver(table, other, wanted, stored)
            : Optional.empty());
  }

  /** Without its old writer, the table takes the next one that comes. */
  private static Optional<String> handOver(
      Path table, OtherWriter writer, OutputContract wanted, Optional<OutputContract> stored) {
    if (stored.isEmpty()) {
      return Optional.of(
          alter(table) + "SET TBLPROPERTIES (" + text(ContractProperties.of(wanted)) + ")");
    }
    return stored
        .get()
        .handedOver(writer.found(), writer.wanted())
        .map(
            allowed ->
                alter(table)
                    + "UNSET TBLPROPERTIES ("
                    + SqlLiterals.string(ContractProperties.key(writer.found()))
                    + ")");
  }

  private static String alter(Path table) {
    return "ALTER TABLE delta." + SqlLiterals.identifier(table.toString()) + " ";
  }

  private static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(e -> SqlLiterals.string(e.getKey()) + " = " + SqlLiterals.string(e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
