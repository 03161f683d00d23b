package io.penstock.samples.lake;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How much of each oddity a generator has put into its files. */
final class Tally {
  private final Map<Oddity, Long> counts = new EnumMap<>(Oddity.class);

  void add(Oddity oddity) {
    add(oddity, 1);
  }

  void add(Oddity oddity, long count) {
    counts.merge(oddity, count, Long::sum);
  }

  /** The rows of the table in the lake's README. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "| %s | %,d |\n", e.getKey().label(), e.getValue()))
        .collect(Collectors.joining());
  }
}
