package io.penstock.spark.records;

import java.util.TreeMap;

/**
 * The number of records that have keys or columns that aren't declared, by name, as a task reads
 * them.
 */
final class UnknownKeyCounts {
  /** The name under which a task counts what goes beyond {@link #MOST_NAMES}. */
  static final String OTHERS = "…";

  /** Objects may have any number of keys, such as ids. */
  static final int MOST_NAMES = 100;

  private final TreeMap<String, Long> counts = new TreeMap<>();

  void add(String name, long records) {
    boolean known = counts.containsKey(name) || counts.size() < MOST_NAMES;
    counts.merge(known ? name : OTHERS, records, Long::sum);
  }

  /** What was counted of a Spark partition. */
  PartitionCounts.Part of(int partition) {
    return new PartitionCounts.Part(partition, counts);
  }
}
