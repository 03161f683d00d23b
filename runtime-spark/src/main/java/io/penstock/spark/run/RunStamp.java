package io.penstock.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.engine.RunRequest;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What every commit says about the run that made it.
 *
 * @param interval ISO 8601; empty for a pipeline without one
 * @param fingerprint of the plan: another one means that the program has changed
 * @param inputs version of each Delta table read
 */
record RunStamp(
    String runId, String pipeline, String interval, String fingerprint, Map<String, Long> inputs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RunStamp of(RunRequest request, Map<String, Long> inputs) {
    return new RunStamp(
        request.runId(),
        request.pipeline().name(),
        request.unit().map(unit -> unit.from() + "/" + unit.to()).orElse(""),
        fingerprint(PlanPrinter.TEXT.print(PlanGraph.of(request.pipeline().writes()))),
        inputs);
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a record of plain values as JSON", e);
    }
  }

  private static String fingerprint(String plan) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(plan.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
