package io.penstock.spark.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.Partitioning;
import io.penstock.spark.contract.Writer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The contract of an export, as stored under {@code _published/contract}.
 *
 * @param contractVersion the version of this document
 * @param columns with type and format, {@code day DATE}; none for a whole export
 * @param writers by their ids, {@code channel-report}
 * @param runId of the run that stated it; empty if a person did
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
    Partitioning partitioning = contract.partitioning();
    return new ContractDocument(
        ContractProperties.VERSION,
        partitioning.grain(),
        partitioning.columns(),
        partitioning.zone(),
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
