package io.penstock.spark.delta;

import io.penstock.engine.RunRequest;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.spark.files.Sha256;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sql.Partitions;
import io.penstock.spec.Sink;
import java.util.List;

/** Makes the stamps of a run's commits. */
final class Stamps {
  private Stamps() {}

  static CommitStamp of(Attempt attempt, Sink sink) {
    RunRequest request = attempt.request();
    return new CommitStamp(
        request.runId(),
        request.pipeline().name(),
        attempt.interval(),
        fingerprint(request),
        attempt.inputVersions(),
        List.of(new UnitEpoch(unit(request, sink), attempt.epoch())),
        request.acceptedReasons());
  }

  /** What a run replaces in a table. */
  static UnitId unit(RunRequest request, Sink sink) {
    String pipeline = request.pipeline().name();
    return sink.partition()
        .map(
            partition ->
                UnitId.of(pipeline, Partitions.values(partition, request.unit().orElseThrow())))
        .orElseGet(() -> UnitId.wholeTable(pipeline));
  }

  /** Of the printed plan: another fingerprint means that the pipeline has changed. */
  private static String fingerprint(RunRequest request) {
    String plan = PlanPrinter.TEXT.print(PlanGraph.of(request.pipeline().writes()));
    return Sha256.of(plan, 8);
  }
}
