package io.penstock.spark.export;

import io.penstock.engine.RunNames;
import java.time.Instant;
import java.util.Map;

/**
 * Who produces a version of an export, and from what.
 *
 * @param runId unique to the attempt; letters, digits, '.', '_' and '-', and a directory name
 * @param epoch the attempt's number for this target, at least 1; a higher one fences off a lower
 *     one
 * @param pipeline name of the pipeline
 * @param interval what the run works on, as an ISO 8601 interval; empty when the pipeline has none
 * @param inputVersions version of each pinned input, by name
 * @param createdAt when the attempt started, told from outside
 */
public record ExportProvenance(
    String runId,
    long epoch,
    String pipeline,
    String interval,
    Map<String, Long> inputVersions,
    Instant createdAt) {
  public ExportProvenance {
    if (!RunNames.isRunId(runId)) {
      throw ExportErrors.unsafeRunId(runId);
    }
    if (epoch < 1) {
      throw ExportErrors.invalidEpoch(epoch);
    }
    inputVersions = Map.copyOf(inputVersions);
  }
}
