package io.penstock.spark.records;

import io.penstock.spark.text.Printable;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts the records that have keys or columns that aren't declared, by name, while tasks read
 * them.
 *
 * <p>A Spark partition that is read again, by a retry, a speculative copy or a second reader,
 * counts once: the counts are kept by partition, and the larger ones win.
 */
public final class UnknownKeysTally
    extends AccumulatorV2<UnknownKeysTally.Part, Map<String, Long>> {
  private static final long serialVersionUID = 1L;

  /** The name under which a task counts what goes beyond {@link #MOST_NAMES}. */
  public static final String OTHERS = "…";

  /** Objects may have any number of keys, such as ids. */
  static final int MOST_NAMES = 100;

  /** In characters: a key may be as long as a record. */
  private static final int LONGEST_NAME = 200;

  /** The counts of a Spark partition. */
  record Part(int partition, TreeMap<String, Long> counts) implements Serializable {
    private Part largest(Part other) {
      TreeMap<String, Long> all = new TreeMap<>(counts);
      other.counts().forEach((name, count) -> all.merge(name, count, Math::max));
      return new Part(partition, all);
    }
  }

  private final Map<Integer, Part> parts = new ConcurrentHashMap<>();

  private UnknownKeysTally() {}

  /**
   * A name as it is reported: whoever delivers files chooses it, and can't forge a line of an
   * account or fill a memory with it.
   */
  public static String shown(String name) {
    return Printable.beginning(name, LONGEST_NAME);
  }

  public static UnknownKeysTally in(SparkSession session) {
    UnknownKeysTally tally = new UnknownKeysTally();
    session.sparkContext().register(tally);
    return tally;
  }

  /** The counts of a task, as they grow. */
  static final class OfTask {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    void add(String name, long records) {
      // Most names are known, and shown as they are.
      String shown = counts.containsKey(name) ? name : shown(name);
      boolean known = counts.containsKey(shown) || counts.size() < MOST_NAMES;
      counts.merge(known ? shown : OTHERS, records, Long::sum);
    }

    Part part(int partition) {
      return new Part(partition, counts);
    }
  }

  @Override
  public void add(Part part) {
    if (!part.counts().isEmpty()) {
      parts.merge(part.partition(), part, Part::largest);
    }
  }

  @Override
  public void merge(AccumulatorV2<Part, Map<String, Long>> other) {
    ((UnknownKeysTally) other).parts.values().forEach(this::add);
  }

  /** The number of records that had each name. */
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
    UnknownKeysTally copy = new UnknownKeysTally();
    copy.parts.putAll(parts);
    return copy;
  }

  @Override
  public void reset() {
    parts.clear();
  }
}
