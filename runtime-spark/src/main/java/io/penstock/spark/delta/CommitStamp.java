package io.penstock.spark.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who made a commit, for which interval and from which inputs; kept in the commit itself.
 *
 * @param runId names the run; a reader of several tables tells by it whether they belong together
 * @param interval the run's interval, {@code from/to}
 * @param fingerprint of the program that computed the rows
 * @param inputVersions the version at which each Delta input was read
 * @param units what the commit publishes, with the attempt's epoch; at least one
 */
public record CommitStamp(
    String runId,
    String pipeline,
    String interval,
    String fingerprint,
    SortedMap<String, Long> inputVersions,
    List<UnitEpoch> units) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public CommitStamp {
    inputVersions = Collections.unmodifiableSortedMap(new TreeMap<>(inputVersions));
    units = List.copyOf(units);
    if (runId.isEmpty() || units.isEmpty()) {
      throw DeltaErrors.incompleteStamp();
    }
  }

  /**
   * The stamp as one line of JSON; equal stamps have equal text, so that a commit can be recognised
   * by it.
   */
  public String json() {
    Map<String, Object> stamp = new LinkedHashMap<>();
    stamp.put("runId", runId);
    stamp.put("pipeline", pipeline);
    stamp.put("interval", interval);
    stamp.put("fingerprint", fingerprint);
    stamp.put("inputVersions", inputVersions);
    Map<String, Long> epochs = new LinkedHashMap<>();
    units.forEach(unit -> epochs.put(unit.unit().applicationId(), unit.epoch()));
    stamp.put("epochs", epochs);
    try {
      return JSON.writeValueAsString(stamp);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stamp of texts and numbers has a JSON form.", e);
    }
  }
}
