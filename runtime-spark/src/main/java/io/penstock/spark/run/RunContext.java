package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.export.Exports;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.Step;
import io.penstock.spec.Sink;
import java.util.List;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What a run works with.
 *
 * @param scope with its own session, and the group in which all its Spark jobs can be cancelled
 */
public record RunContext(
    RunRequest request,
    TaskScope scope,
    DeltaTables tables,
    Exports exports,
    Rejections rejections,
    AttemptNumbers attempts,
    Publications publications) {

  SparkSession session() {
    return scope.session();
  }

  String jobGroup() {
    return scope.jobGroup();
  }

  String runId() {
    return request.runId();
  }

  /** The labels of the units that a sink replaces; none when it replaces the whole. */
  List<String> units(Sink sink) {
    return sink.partition()
        .map(partition -> List.of(partition.label(request.unit().orElseThrow())))
        .orElse(List.of());
  }

  /** What the run takes an output for. */
  OutputContract contract(Sink sink) {
    return OutputContract.of(sink.partition(), request.pipeline().name());
  }

  void reached(Step step) {
    publications.steps().reached(step, runId());
  }

  /** Makes the calling thread one of the run's: Spark keeps the job group for each thread. */
  void enter() {
    scope.enter(request.pipeline().name());
  }
}
