package io.penstock.spark.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.Division;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.Writer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What stands under {@code _published/contract}: the contract of an export.
 *
 * @param contractVersion form of this document
 * @param columns with type and form, {@code day DATE}; none for a whole export
 * @param writers by their ids, {@code channel-report}
 * @param runId who stated it; empty when a person did
 */
record ContractDocument(
    int contractVersion,
    String grain,
    List<String> columns,
    String zone,
    List<String> writers,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> runId) {
  ContractDocument {
    if (grain == null || columns == null || zone == null || writers == null) {
      throw ExportErrors.incompleteContract();
    }
  }

  static ContractDocument of(OutputContract contract, Optional<String> runId) {
    Division division = contract.division();
    return new ContractDocument(
        ContractProperties.VERSION,
        division.grain(),
        division.columns(),
        division.zone(),
        contract.writers().stream().map(Writer::id).toList(),
        runId);
  }

  OutputContract contract() {
    ContractProperties.requireVersion(contractVersion);
    SortedSet<Writer> all =
        writers.stream()
            .map(ContractProperties::writer)
            .collect(Collectors.toCollection(TreeSet::new));
    return ContractProperties.contract(grain, columns, zone, all);
  }
}
