package io.penstock.spark.contract;

import io.penstock.spark.contract.ContractDifference.OtherPractice;
import io.penstock.spark.contract.ContractDifference.OtherWriter;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The last publication of an output that states no contract, since an earlier release made it: what
 * a pipeline that is to state one must not contradict.
 *
 * @param pipeline who published; empty when nobody can tell
 * @param values the columns of the replaced unit with their values; none when the whole was
 *     replaced, empty when nobody can tell
 * @param interval the unit, as far as it is known
 */
public record Precedent(
    Optional<String> pipeline, Optional<Map<String, String>> values, Optional<Interval> interval) {

  /** What speaks against stating a contract. */
  public Optional<ContractDifference> against(
      OutputContract wanted, Optional<Partition> partition) {
    Writer own = wanted.writers().first();
    if (pipeline.isPresent() && !pipeline.get().equals(own.pipeline())) {
      return Optional.of(new OtherWriter(own, Writer.ofEverything(pipeline.get())));
    }
    return values
        .filter(replaced -> !isUnitOf(replaced, wanted.division(), partition))
        .map(replaced -> new OtherPractice(wanted.division(), evidence(replaced)));
  }

  private boolean isUnitOf(
      Map<String, String> replaced, Division division, Optional<Partition> partition) {
    List<String> columns = division.columnNames();
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
