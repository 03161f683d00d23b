package io.penstock.samples.lake;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How often each anomaly occurs in the generated files. */
final class AnomalyCounts {
  private final Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);

  void add(Anomaly anomaly) {
    add(anomaly, 1);
  }

  void add(Anomaly anomaly, long count) {
    counts.merge(anomaly, count, Long::sum);
  }

  /** The rows of the table in the lake's README. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "| %s | %,d |\n", e.getKey().label(), e.getValue()))
        .collect(Collectors.joining());
  }
}
