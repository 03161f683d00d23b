package io.penstock.spark.records;

import io.penstock.spark.text.Printable;
import java.util.TreeMap;

/**
 * The number of records that have keys or columns that aren't declared, by name, as a task reads
 * them.
 */
public final class UnknownKeyCounts {
  /** The name under which a task counts what goes beyond {@link #MOST_NAMES}. */
  public static final String OTHERS = "…";

  /** Objects may have any number of keys, such as ids. */
  static final int MOST_NAMES = 100;

  /** In characters: a key may be as long as a record. */
  private static final int LONGEST_NAME = 200;

  private final TreeMap<String, Long> counts = new TreeMap<>();

  /**
   * A name as it is reported: whoever delivers files chooses it, and can't forge a line of a log,
   * or fill memory, with it.
   */
  public static String shown(String name) {
    return Printable.beginning(name, LONGEST_NAME);
  }

  /**
   * Counts records.
   *
   * @param records below zero where as many that were counted are taken back
   */
  void add(String name, long records) {
    // Most names are known, and shown as they are.
    String shown = counts.containsKey(name) ? name : shown(name);
    boolean known = counts.containsKey(shown) || (records > 0 && counts.size() < MOST_NAMES);
    // What was taken back wasn't found, and leaves its place to another name.
    counts.merge(known ? shown : OTHERS, records, (a, b) -> a + b == 0 ? null : a + b);
  }

  /** What was counted of a Spark partition. */
  PartitionCounts.Part part(int partition) {
    return new PartitionCounts.Part(partition, counts);
  }
}
