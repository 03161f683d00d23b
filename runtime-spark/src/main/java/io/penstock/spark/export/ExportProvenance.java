package io.penstock.spark.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.engine.RunNames;
import java.time.Instant;
import java.util.Map;

/**
 * The attempt that writes a version of an export, and its inputs.
 *
 * @param runId unique to the attempt; letters, digits, '.', '_' and '-', and a directory name
 * @param epoch the fencing token of the attempt for this target, at least 1
 * @param pipeline name of the pipeline
 * @param interval of the run in ISO 8601; empty for a pipeline without one
 * @param inputVersions version of each pinned input, by name
 * @param createdAt when the attempt started, passed in from outside
 * @param accepted the reason for each check whose failure the run was told to accept, by name and
 *     place; left out where there is none
 */
public record ExportProvenance(
    String runId,
    long epoch,
    String pipeline,
    String interval,
    Map<String, Long> inputVersions,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> accepted) {
  public ExportProvenance {
    if (!RunNames.isRunId(runId)) {
      throw ExportErrors.unsafeRunId(runId);
    }
    if (epoch < 1) {
      throw ExportErrors.invalidEpoch(epoch);
    }
    inputVersions = Map.copyOf(inputVersions);
    accepted = accepted == null ? Map.of() : Map.copyOf(accepted);
  }

  /** That of a run that accepts no failing check. */
  public ExportProvenance(
      String runId,
      long epoch,
      String pipeline,
      String interval,
      Map<String, Long> inputVersions,
      Instant createdAt) {
    this(runId, epoch, pipeline, interval, inputVersions, createdAt, Map.of());
  }
}
