package io.penstock.spark.typed;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Reads ORC files. Spark's own reader moves times by the time zone of the JVM, cuts off
 * nanoseconds, and takes columns by position where their names begin with {@code _col}. This isn't
 * one of its subclasses, of which Spark would ask for some fields of a STRUCT alone.
 */
final class OrcFormat implements FileFormat, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean isSplitable(SparkSession session, Map<String, String> options, Path file) {
    return true;
  }

  @Override
  public Option<StructType> inferSchema(
      SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
    throw new UnsupportedOperationException("The columns are known.");
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session, Job job, Map<String, String> options, StructType schema) {
    throw new UnsupportedOperationException("Nothing is written as ORC.");
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
