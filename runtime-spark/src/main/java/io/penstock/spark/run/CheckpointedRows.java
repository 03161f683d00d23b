package io.penstock.spark.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows that are computed once and read several times.
 *
 * <p>They are kept by a local checkpoint and not by a cache: Spark would compute lost blocks of a
 * cache again, perhaps to other rows, while a lost block of a checkpoint fails the run.
 */
final class CheckpointedRows implements AutoCloseable {
  private final List<RDD<?>> kept = new ArrayList<>();

  /** Computes a frame; its rows stay in memory, or on local disks where memory is short. */
  Dataset<Row> compute(Dataset<Row> frame) {
    Dataset<Row> rows = frame.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
    for (var leaf : CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves())) {
      if (leaf instanceof LogicalRDD logical) {
        kept.add(logical.rdd());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    kept.forEach(rdd -> rdd.unpersist(false));
  }
}
