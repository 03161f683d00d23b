package io.penstock.spark.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.penstock.spark.sql.PartitionValue;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names what one pipeline replaces in one table, as the application id of a Delta transaction.
 *
 * <p>The form is {@code penstock:<pipeline>:<column>=<value>/…}, columns in alphabetical order,
 * each part URL-encoded; {@code *} stands for the whole table. The version recorded under it is the
 * epoch of the attempt that published it. Unlike the history it doesn't expire with the log.
 *
 * @param values the unit's partition columns and the text of their values; empty for the whole
 *     table
 */
public record UnitId(String pipeline, SortedMap<String, String> values) {
  private static final String PREFIX = "penstock:";
  private static final String WHOLE_TABLE = "*";

  public UnitId {
    if (pipeline.isEmpty()) {
      throw DeltaErrors.unnamedPipeline();
    }
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** One unit of a partitioned table. */
  public static UnitId of(String pipeline, List<PartitionValue> unit) {
    return new UnitId(pipeline, texts(unit));
  }

  /** The whole table. */
  public static UnitId wholeTable(String pipeline) {
    return new UnitId(pipeline, Collections.emptySortedMap());
  }

  /** The application id. */
  public String applicationId() {
    String unit =
        values.isEmpty()
            ? WHOLE_TABLE
            : values.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(joining("/"));
    return PREFIX + encode(pipeline) + ":" + unit;
  }

  /** Reads an application id; empty when it is not one of ours. */
  public static Optional<UnitId> parse(String applicationId) {
    String[] parts = applicationId.split(":", -1);
    if (!applicationId.startsWith(PREFIX) || parts.length != 3 || parts[1].isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, String> values = new TreeMap<>();
    if (!parts[2].equals(WHOLE_TABLE)) {
      for (String value : parts[2].split("/", -1)) {
        String[] columnAndText = value.split("=", -1);
        if (columnAndText.length != 2) {
          return Optional.empty();
        }
        values.put(decode(columnAndText[0]), decode(columnAndText[1]));
      }
    }
    return Optional.of(new UnitId(decode(parts[1]), values));
  }

  @Override
  public String toString() {
    return applicationId();
  }

  static SortedMap<String, String> texts(List<PartitionValue> unit) {
    SortedMap<String, String> texts = new TreeMap<>();
    unit.forEach(value -> texts.put(value.column(), value.text()));
    return texts;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
