package io.penstock.spark.landed;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.json.JsonDataSource;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/**
 * Spark's format of JSON lines, with the {@linkplain StrictJson strict parser}. Spark's own reader
 * silently ignores or changes a part of what a line holds.
 */
final class JsonLines extends JsonFileFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration configuration) {
    // With no column to read, Spark would count the lines without parsing them.
    return new FileReader(
        requiredSchema.isEmpty() ? dataSchema : requiredSchema,
        StrictJson.options(options),
        SerializableConfiguration.broadcast(session.sparkContext(), configuration));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonLines;
  }

  @Override
  public int hashCode() {
    return JsonLines.class.hashCode();
  }

  /** Reads a file on an executor. Filters are ignored, so that every line is parsed to its end. */
  private static final class FileReader
      extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;
    private final StructType schema;
    private final JSONOptions options;
    private final Broadcast<SerializableConfiguration> configuration;

    FileReader(
        StructType schema,
        JSONOptions options,
        Broadcast<SerializableConfiguration> configuration) {
      this.schema = schema;
      this.options = options;
      this.configuration = configuration;
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile file) {
      return JsonDataSource.apply(options)
          .readFile(
              configuration.value().value(), file, StrictJson.parser(schema, options), schema);
    }
  }
}
