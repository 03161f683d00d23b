package io.penstock.spark.contract;

import io.penstock.spark.contract.ContractConflict.EvidenceConflict;
import io.penstock.spark.contract.ContractConflict.WriterConflict;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The last publication of an output that states no contract, because an earlier release wrote it. A
 * pipeline that states one now must not contradict it.
 *
 * @param pipeline that published; empty if unknown
 * @param values of the columns of the replaced unit; no columns if the whole was replaced, empty if
 *     unknown
 * @param interval of the unit; empty if unknown
 */
public record LastPublication(
    Optional<String> pipeline, Optional<Map<String, String>> values, Optional<Interval> interval) {

  /** Why a contract can't be stated; empty if it can. */
  public Optional<ContractConflict> against(OutputContract wanted, Optional<Partition> partition) {
    Writer own = wanted.writers().first();
    if (pipeline.isPresent() && !pipeline.get().equals(own.pipeline())) {
      return Optional.of(new WriterConflict(own, Writer.ofEverything(pipeline.get())));
    }
    return values
        .filter(replaced -> !isUnitOf(replaced, wanted.partitioning(), partition))
        .map(replaced -> new EvidenceConflict(wanted.partitioning(), evidence(replaced)));
  }

  private boolean isUnitOf(
      Map<String, String> replaced, Partitioning partitioning, Optional<Partition> partition) {
    List<String> columns = partitioning.columnNames();
    if (replaced.size() != columns.size() || !replaced.keySet().containsAll(columns)) {
      return false;
    }
    return partition.isEmpty()
        || interval.isEmpty()
        || (partition.get().isUnit(interval.get())
            && columns.stream().map(replaced::get).toList().equals(texts(partition.get())));
  }

  private List<String> texts(Partition partition) {
    return partition.valuesOf(interval.orElseThrow()).stream().map(TypedValue::text).toList();
  }

  private String evidence(Map<String, String> replaced) {
    String unit =
        replaced.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    return "its last publication replaced "
        + (replaced.isEmpty() ? "the whole" : unit)
        + interval.filter(i -> !replaced.isEmpty()).map(i -> " for " + i).orElse("");
  }
}
