package io.penstock.spark.sink;

import io.penstock.engine.RunRequest;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spec.Sink;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;

/**
 * A run that writes.
 *
 * @param epoch the attempt's number
 * @param inputVersions the version of each table that is read, by path
 */
public record Attempt(
    RunRequest request, SparkSession session, long epoch, SortedMap<String, Long> inputVersions) {
  /** The labels of the units that a sink replaces; none when it replaces the whole. */
  public List<String> units(Sink sink) {
    return sink.partition()
        .map(partition -> List.of(partition.label(request.unit().orElseThrow())))
        .orElse(List.of());
  }

  /** What the run takes an output for, as properties. */
  public Map<String, String> contract(Sink sink) {
    return ContractProperties.of(OutputContract.of(sink.partition(), request.pipeline().name()));
  }

  /** The run's interval after ISO 8601; empty for a pipeline without one. */
  public String interval() {
    return request.unit().map(unit -> unit.from() + "/" + unit.to()).orElse("");
  }
}
