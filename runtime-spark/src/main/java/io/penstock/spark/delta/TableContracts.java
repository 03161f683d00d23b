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

/** Makes the problem of a table that has another contract. */
final class TableContracts {
  private TableContracts() {}

  /**
   * The problem of a difference.
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

  /** The statement after which another pipeline may write the table; none where it needs more. */
  private static Optional<String> handOver(
      Path table, WriterConflict writer, OutputContract wanted, Optional<OutputContract> stored) {
    if (stored.isEmpty()) {
      return Optional.of(
          "%s SET TBLPROPERTIES (%s)".formatted(alter(table), text(ContractProperties.of(wanted))));
    }
    return stored
        .get()
        .handedOver(writer.found(), writer.wanted())
        .map(allowed -> SqlLiterals.string(ContractProperties.key(writer.found())))
        .map(property -> "%s UNSET TBLPROPERTIES (%s)".formatted(alter(table), property));
  }

  private static String alter(Path table) {
    return "ALTER TABLE delta." + SqlLiterals.identifier(table.toString());
  }

  private static String text(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(e -> SqlLiterals.string(e.getKey()) + " = " + SqlLiterals.string(e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
