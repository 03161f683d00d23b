package io.penstock.spark.typed;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/** Reads Parquet files that Spark can't read as they are, or not rightly. */
final class ParquetReader extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  private final boolean int96;
  private final boolean repeated;
  private final boolean rowByRow;

  /**
   * @param int96 whether there are times of the older form, INT96. It holds nanoseconds, and Spark
   *     cuts them off; therefore these columns are looked through before a file is read
   * @param repeated whether there are arrays or maps, whose rows are counted before a file is read
   * @param rowByRow whether files have an encoding, or a fault of old writers, that Spark knows in
   *     its slower reader alone
   */
  ParquetReader(boolean int96, boolean repeated, boolean rowByRow) {
    this.int96 = int96;
    this.repeated = repeated;
    this.rowByRow = rowByRow;
  }

  @Override
  public boolean supportBatch(SparkSession session, StructType schema) {
    return !rowByRow && super.supportBatch(session, schema);
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
    Function1<PartitionedFile, Iterator<InternalRow>> reader =
        super.buildReaderWithPartitionValues(
            rowByRow ? withoutBatches(session) : session,
            files,
            partition,
            required,
            filters,
            options,
            configuration);
    if (!int96 && !repeated) {
      return reader;
    }
    Broadcast<SerializableConfiguration> shared =
        SerializableConfiguration.broadcast(session.sparkContext(), configuration);
    Function1<PartitionedFile, Iterator<InternalRow>> counted =
        repeated ? new RepetitionCheck(required, shared, reader) : reader;
    return int96 ? new Int96Check(required, shared, counted) : counted;
  }

  /** Spark asks the settings of the session, and nothing else, for the reader to take. */
  private static SparkSession withoutBatches(SparkSession session) {
    SparkSession rows = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    rows.conf().set(SQLConf.PARQUET_VECTORIZED_READER_ENABLED().key(), "false");
    return rows;
  }
}
