package io.penstock.spark.export;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

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
public record ExportAttempt(
    String runId,
    long epoch,
    String pipeline,
    String interval,
    Map<String, Long> inputVersions,
    Instant createdAt) {
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  public ExportAttempt {
    if (!RUN_ID.matcher(runId).matches()) {
      throw ExportErrors.unsafeRunId(runId);
    }
    if (epoch < 1) {
      throw ExportErrors.invalidEpoch(epoch);
    }
    inputVersions = Map.copyOf(inputVersions);
  }
}
