package io.penstock.spark.records;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts by name what tasks read.
 *
 * <p>A Spark partition that is read again, by a retry, a speculative copy or a second reader,
 * counts once: the counts are kept by partition, and the larger ones win.
 */
public final class PartitionCounts extends AccumulatorV2<PartitionCounts.Part, Map<String, Long>> {
  private static final long serialVersionUID = 1L;

  /** The counts of a Spark partition. */
  public record Part(int partition, TreeMap<String, Long> counts) implements Serializable {
    private Part largest(Part other) {
      TreeMap<String, Long> all = new TreeMap<>(counts);
      other.counts().forEach((name, count) -> all.merge(name, count, Math::max));
      return new Part(partition, all);
    }
  }

  private final Map<Integer, Part> parts = new ConcurrentHashMap<>();

  private PartitionCounts() {}

  public static PartitionCounts in(SparkSession session) {
    PartitionCounts counts = new PartitionCounts();
    session.sparkContext().register(counts);
    return counts;
  }

  /** Adds what a task counted under one name. */
  public void add(int partition, String name, long count) {
    add(new Part(partition, new TreeMap<>(Map.of(name, count))));
  }

  @Override
  public void add(Part part) {
    if (!part.counts().isEmpty()) {
      parts.merge(part.partition(), part, Part::largest);
    }
  }

  @Override
  public void merge(AccumulatorV2<Part, Map<String, Long>> other) {
    ((PartitionCounts) other).parts.values().forEach(this::add);
  }

  /** The sum of the counts of each name. */
  @Override
  public Map<String, Long> value() {
    TreeMap<String, Long> all = new TreeMap<>();
    for (Part part : parts.values()) {
      part.counts().forEach((name, count) -> all.merge(name, count, Long::sum));
    }
    return Collections.unmodifiableMap(all);
  }

  @Override
  public boolean isZero() {
    return parts.isEmpty();
  }

  @Override
  public AccumulatorV2<Part, Map<String, Long>> copy() {
    PartitionCounts copy = new PartitionCounts();
    copy.parts.putAll(parts);
    return copy;
  }

  @Override
  public void reset() {
    parts.clear();
  }
}
