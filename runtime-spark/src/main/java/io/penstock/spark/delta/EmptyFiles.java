package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;
import static io.penstock.spark.delta.ScalaInterop.seq;
import static io.penstock.spark.delta.ScalaInterop.some;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spark.sql.PartitionValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.delta.DeltaColumnMapping;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.files.DelayedCommitProtocol;
import org.apache.spark.sql.delta.files.DeltaFileFormatWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes data files without rows, by which a partition that was replaced by no rows is told from a
 * missing one. Delta itself writes no file without rows.
 *
 * <p>Written against Delta 4.4.0, like {@link DeltaAdapter}: with its file format, its names of
 * files and folders, and its form of partition values. The caller has made a session active.
 */
final class EmptyFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Delta's statistics of a file without rows. */
  private static final String NO_ROWS =
      "{\"numRecords\":0,\"minValues\":{},\"maxValues\":{},\"nullCount\":{}}";

  private final DeltaLog log;
  private final OptimisticTransaction transaction;
  private final Metadata metadata;

  /**
   * Files for the table as a transaction has it.
   *
   * @param transaction with the columns that it adds
   */
  EmptyFiles(DeltaLog log, OptimisticTransaction transaction) {
    this.log = log;
    this.transaction = transaction;
    this.metadata = transaction.metadata();
  }

  /**
   * Writes a file into a partition.
   *
   * @param unit values of partition columns; the other ones, if any, are NULL
   */
  DataFile write(List<PartitionValue> unit) {
    try {
      return written(unit);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write a file without rows below " + log.dataPath() + ": " + e.getMessage(), e);
    }
  }

  private DataFile written(List<PartitionValue> unit) throws IOException {
    Job job = Job.getInstance(settings());
    FileOutputFormat.setOutputPath(job, log.dataPath());
    StructType columns = columns();
    OutputWriterFactory writers =
        log.fileFormat(transaction.protocol(), metadata)
            .prepareWrite(SparkSession.active(), job, ScalaInterop.map(Map.of()), columns);
    TaskAttemptContext task = task(job.getConfiguration());
    DelayedCommitProtocol committer = transaction.getCommitter(log.dataPath());
    committer.setupJob(job);
    committer.setupTask(task);
    String file =
        committer.newTaskTempFile(
            task,
            metadata.partitionColumns().isEmpty() ? none() : some(folder(unit)),
            ".c000" + writers.getFileExtension(task));
    writers.newInstance(file, columns, task).close();
    TaskCommitMessage message = committer.commitTask(task);
    committer.commitJob(job, seq(List.of(message)));
    return counted(committer.addedStatuses().head());
  }

  private Configuration settings() {
    Map<String, String> options = new HashMap<>(ScalaInterop.map(metadata.configuration()));
    options.putAll(ScalaInterop.map(log.options()));
    return SparkSession.active().sessionState().newHadoopConfWithOptions(ScalaInterop.map(options));
  }

  private TaskAttemptContext task(Configuration configuration) {
    List<StructField> partition = List.of(metadata.physicalPartitionSchema().fields());
    Map<String, DataType> types = new HashMap<>();
    partition.forEach(column -> types.put(column.name(), column.dataType()));
    return new DeltaFileFormatWriter.PartitionedTaskAttemptContextImpl(
        configuration,
        new TaskAttemptID(new TaskID("penstock", 0, TaskType.MAP, 0), 0),
        ScalaInterop.map(types));
  }

  /**
   * The columns of a file, under the names and ids that they have in files; partition columns come
   * last, as Delta has them.
   */
  private StructType columns() {
    StructType stored =
        DeltaColumnMapping.createPhysicalSchema(
            metadata.schema(), metadata.schema(), metadata.columnMappingMode(), true);
    List<String> partition = List.of(metadata.physicalPartitionSchema().fieldNames());
    Stream<StructField> rows =
        Stream.of(stored.fields()).filter(column -> !partition.contains(column.name()));
    Stream<StructField> ofPartition = partition.stream().map(stored::apply);
    return new StructType(Stream.concat(rows, ofPartition).toArray(StructField[]::new))
        .asNullable();
  }

  private String folder(List<PartitionValue> unit) {
    List<String> segments = new ArrayList<>();
    for (StructField column : metadata.partitionSchema().fields()) {
      segments.add(
          ExternalCatalogUtils.getPartitionPathString(
              DeltaColumnMapping.getPhysicalName(column), text(column, unit)));
    }
    return String.join("/", segments);
  }

  private static String text(StructField column, List<PartitionValue> unit) {
    Optional<PartitionValue> given =
        unit.stream().filter(value -> value.column().equals(column.name())).findFirst();
    if (given.isEmpty() && column.nullable()) {
      return null;
    }
    if (given.isEmpty()) {
      return anyValue(column.dataType());
    }
    PartitionValue value = given.orElseThrow();
    Object text =
        new Cast(
                Literal.create(value.value(), value.type()),
                DataTypes.StringType,
                some(SparkSession.active().sessionState().conf().sessionLocalTimeZone()),
                EvalMode.LEGACY())
            .eval(null);
    return text.toString();
  }

  /** For a NOT NULL partition column: Delta refuses a file without a value of it. */
  private static String anyValue(DataType type) {
    if (type instanceof StringType) {
      return "none";
    }
    if (type instanceof BooleanType) {
      return "false";
    }
    if (type instanceof DateType) {
      return "1970-01-01";
    }
    return type instanceof DatetimeType ? "1970-01-01 00:00:00" : "0";
  }

  private static DataFile counted(AddFile file) {
    try {
      ObjectNode action = (ObjectNode) JSON.readTree(file.json());
      ((ObjectNode) action.required("add")).put("stats", NO_ROWS);
      return DataFile.of(JSON.writeValueAsString(action));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read what Delta says of a file", e);
    }
  }
}
