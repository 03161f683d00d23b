package io.penstock.spark.typed;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Reads ORC files. Spark's own reader moves times by the time zone of the JVM, cuts off
 * nanoseconds, and takes columns by position where their names begin with {@code _col}.
 */
final class OrcFormat extends OrcFileFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean supportBatch(SparkSession session, StructType schema) {
    return false;
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType files,
      StructType partition,
      StructType required,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration configuration) {
    Broadcast<SerializableConfiguration> shared =
        SerializableConfiguration.broadcast(session.sparkContext(), configuration);
    return new OpenOrcFile(required, partition, shared);
  }
}
