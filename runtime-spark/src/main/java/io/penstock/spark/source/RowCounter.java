package io.penstock.spark.source;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Counts the rows of a source while tasks read them, so that no second pass is needed.
 *
 * <p>A Spark partition that is read again, by a retry, a speculative copy or a second reader,
 * counts once: the counts are kept by partition, and the largest one wins.
 */
public final class RowCounter extends AccumulatorV2<RowCounter.Part, Long> {
  private static final long serialVersionUID = 1L;

  /** The number of rows that were read of a Spark partition. */
  record Part(int partition, long rows) implements Serializable {}

  private final Map<Integer, Long> rowsByPartition = new ConcurrentHashMap<>();

  private RowCounter() {}

  public static RowCounter in(SparkSession session) {
    RowCounter counter = new RowCounter();
    session.sparkContext().register(counter);
    return counter;
  }

  /** The same rows, counted as they are read. Starts no job. */
  public Dataset<Row> counted(SparkSession session, Dataset<Row> rows) {
    RowCounter counter = this;
    RDD<InternalRow> read =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, iterator) -> counting(counter, partition, iterator), true)
            .rdd();
    return session.internalCreateDataFrame(read, rows.schema(), false);
  }

  /** The rows read so far. */
  public OptionalLong rows() {
    return OptionalLong.of(value());
  }

  private static Iterator<InternalRow> counting(
      RowCounter counter, int partition, Iterator<InternalRow> rows) {
    CountingIterator counted = new CountingIterator(rows);
    // At the end of the task and not of the iterator, which a LIMIT doesn't reach.
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener) task -> counter.add(new Part(partition, counted.count)));
    return counted;
  }

  @Override
  public void add(Part part) {
    rowsByPartition.merge(part.partition(), part.rows(), Math::max);
  }

  @Override
  public void merge(AccumulatorV2<Part, Long> other) {
    ((RowCounter) other)
        .rowsByPartition.forEach((partition, rows) -> add(new Part(partition, rows)));
  }

  @Override
  public Long value() {
    return rowsByPartition.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public boolean isZero() {
    return rowsByPartition.isEmpty();
  }

  @Override
  public AccumulatorV2<Part, Long> copy() {
    RowCounter copy = new RowCounter();
    copy.rowsByPartition.putAll(rowsByPartition);
    return copy;
  }

  @Override
  public void reset() {
    rowsByPartition.clear();
  }

  private static final class CountingIterator implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private long count;

    CountingIterator(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      count++;
      return rows.next();
    }
  }
}
