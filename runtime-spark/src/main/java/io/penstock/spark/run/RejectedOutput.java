package io.penstock.spark.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Written files that a check refused: enough to look at them from another process.
 *
 * @param path the sink's path in the lake
 * @param format {@code delta} or {@code csv}
 * @param actions of Delta: the AddFile actions as JSON, which no commit holds
 * @param version of an export: its version directory's manifest, relative to the lake
 */
record RejectedOutput(
    @JsonProperty("path") String path,
    @JsonProperty("format") String format,
    @JsonProperty("partition") List<String> partition,
    @JsonProperty("actions") List<String> actions) {
  RejectedOutput {
    partition = List.copyOf(partition);
    actions = List.copyOf(actions);
  }
}
