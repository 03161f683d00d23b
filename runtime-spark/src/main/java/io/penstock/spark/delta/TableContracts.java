package io.penstock.spark.delta;

import io.penstock.spark.contract.ContractConflict;
import io.penstock.spark.contract.ContractConflict.WriterConflict;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.contract.ContractProperties;
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
  public static ContractProblem problem(
      Path table,
      ContractConflict difference,
      OutputContract wanted,
      Optional<OutputContract> stored,
      String command) {
    return ContractProblem.of(
        difference,
        table.toUri().getPath(),
        command,
        difference instanceof WriterConflict other
            ? handOver(table, other, wanted, stored)
            : Optional.empty());
  }

  /** Without its old writer, the table takes the next one that comes. */
  private static Optional<String> handOver(
      Path table, WriterConflict writer, OutputContract wanted, Optional<OutputContract> stored) {
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
