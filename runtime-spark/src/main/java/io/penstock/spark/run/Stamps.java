package io.penstock.spark.run;

import io.penstock.engine.RunRequest;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.spark.compile.Partitions;
import io.penstock.spark.delta.CommitStamp;
import io.penstock.spark.delta.UnitEpoch;
import io.penstock.spark.delta.UnitId;
import io.penstock.spec.Sink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/** What the commits of a run say about it. */
final class Stamps {
  private Stamps() {}

  static CommitStamp of(
      RunRequest request, Sink sink, long epoch, SortedMap<String, Long> inputVersions) {
    return new CommitStamp(
        request.runId(),
        request.pipeline().name(),
        interval(request),
        fingerprint(request),
        inputVersions,
        List.of(new UnitEpoch(unit(request, sink), epoch)));
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

  /** The run's interval after ISO 8601; empty for a pipeline without one. */
  static String interval(RunRequest request) {
    return request.unit().map(unit -> unit.from() + "/" + unit.to()).orElse("");
  }

  /** Of the plan: another fingerprint means that the program has changed. */
  private static String fingerprint(RunRequest request) {
    String plan = PlanPrinter.TEXT.print(PlanGraph.of(request.pipeline().writes()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(plan.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
