package io.penstock.spark.source;

import io.penstock.spark.records.PartitionCounts;
import java.util.Iterator;
import java.util.OptionalLong;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Counts the rows of a source while tasks read them, so that no second pass is needed, and each
 * once, however often it is read.
 */
public final class RowCounter {
  private static final String ROWS = "rows";

  private final PartitionCounts counts;

  private RowCounter(PartitionCounts counts) {
    this.counts = counts;
  }

  public static RowCounter in(SparkSession session) {
    return new RowCounter(PartitionCounts.in(session));
  }

  /** The same rows, counted as they are read. Starts no job. */
  public Dataset<Row> counted(SparkSession session, Dataset<Row> rows) {
    PartitionCounts counter = counts;
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
    return OptionalLong.of(counts.value().getOrDefault(ROWS, 0L));
  }

  private static Iterator<InternalRow> counting(
      PartitionCounts counter, int partition, Iterator<InternalRow> rows) {
    CountingIterator counted = new CountingIterator(rows);
    // At the end of the task and not of the iterator, which a LIMIT doesn't reach.
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener) task -> counter.add(partition, ROWS, counted.count));
    return counted;
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
