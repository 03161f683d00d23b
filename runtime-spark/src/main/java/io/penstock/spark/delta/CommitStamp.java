package io.penstock.spark.delta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.spec.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who made a commit, for which interval and from which inputs; stored in the commit itself.
 *
 * @param runId by which a reader of several tables can tell whether one run published them
 * @param interval the run's interval, {@code from/to}
 * @param fingerprint of the program that computed the rows
 * @param inputVersions the version at which each Delta input was read
 * @param units what the commit publishes, with the attempt's epoch; at least one
 * @param accepted the reason for each check whose failure the run was told to accept, by name and
 *     place; not in stamps of earlier releases, nor in those of runs that accept none
 */
public record CommitStamp(
    String runId,
    String pipeline,
    String interval,
    String fingerprint,
    SortedMap<String, Long> inputVersions,
    List<UnitEpoch> units,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> accepted) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public CommitStamp {
    inputVersions = Collections.unmodifiableSortedMap(new TreeMap<>(inputVersions));
    units = List.copyOf(units);
    accepted =
        accepted == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(accepted));
    if (runId.isEmpty() || units.isEmpty()) {
      throw DeltaErrors.incompleteStamp();
    }
  }

  /** The stamp of a run that accepts no failing check. */
  public CommitStamp(
      String runId,
      String pipeline,
      String interval,
      String fingerprint,
      SortedMap<String, Long> inputVersions,
      List<UnitEpoch> units) {
    this(
        runId, pipeline, interval, fingerprint, inputVersions, units, Collections.emptySortedMap());
  }

  /** Whether the metadata of some commit is a stamp. */
  static boolean isStamp(String metadata) {
    return field(metadata, "interval").isPresent() && field(metadata, "runId").isPresent();
  }

  /** The interval of a stamp, whichever release wrote it. */
  static Optional<Interval> interval(String json) {
    return field(json, "interval").flatMap(CommitStamp::parsed);
  }

  /** The unit of a stamp, whichever release wrote it; none when it has several. */
  static Optional<UnitId> unit(String json) {
    try {
      List<String> units = new ArrayList<>();
      JSON.readTree(json).path("epochs").fieldNames().forEachRemaining(units::add);
      return units.size() == 1 ? UnitId.parse(units.get(0)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Interval> parsed(String interval) {
    String[] bounds = interval.split("/", -1);
    try {
      return bounds.length == 2
          ? Optional.of(new Interval(Instant.parse(bounds[0]), Instant.parse(bounds[1])))
          : Optional.empty();
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> field(String json, String name) {
    try {
      return Optional.ofNullable(JSON.readTree(json).path(name).textValue());
    } catch (JsonProcessingException e) {
      return Optional.empty();
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
    if (!accepted.isEmpty()) {
      stamp.put("accepted", accepted);
    }
    try {
      return JSON.writeValueAsString(stamp);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stamp of texts and numbers has a JSON form.", e);
    }
  }
}
