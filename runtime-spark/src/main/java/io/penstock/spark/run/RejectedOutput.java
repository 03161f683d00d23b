package io.penstock.spark.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.PartitionSegment;
import java.util.List;

/**
 * Written files that a check refused: enough to look at them from another process.
 *
 * @param path the sink's path in the lake
 * @param format {@code delta} or {@code csv}
 * @param actions of Delta: the AddFile actions as JSON, which no commit holds
 * @param segments of an export: its partition
 */
record RejectedOutput(
    @JsonProperty("path") String path,
    @JsonProperty("format") String format,
    @JsonProperty("actions") List<String> actions,
    @JsonProperty("segments") List<PartitionSegment> segments) {
  RejectedOutput {
    actions = List.copyOf(actions);
    segments = List.copyOf(segments);
  }

  static RejectedOutput delta(String path, List<String> actions) {
    return new RejectedOutput(path, "delta", actions, List.of());
  }

  static RejectedOutput csv(String path, ExportTarget target) {
    return new RejectedOutput(path, "csv", List.of(), target.partition());
  }
}
