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
 * An attempt of a run to write its sinks.
 *
 * @param epoch the fencing token of the attempt
 * @param inputVersions the version of each table that is read, by path
 */
public record Attempt(
    RunRequest request, SparkSession session, long epoch, SortedMap<String, Long> inputVersions) {
  /** The labels of the units that a sink replaces; none if it replaces the whole output. */
  public List<String> units(Sink sink) {
    return PlannedSink.units(sink, request.unit());
  }

  /** The contract under which the run writes an output, as properties. */
  public Map<String, String> contract(Sink sink) {
    return ContractProperties.of(OutputContract.of(sink.partition(), request.pipeline().name()));
  }

  /** The interval of the run in ISO 8601; empty for a pipeline without one. */
  public String interval() {
    return request.unit().map(unit -> unit.from() + "/" + unit.to()).orElse("");
  }
}
