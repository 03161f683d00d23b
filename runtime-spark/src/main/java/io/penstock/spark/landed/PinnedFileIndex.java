package io.penstock.spark.landed;

import io.penstock.spark.sql.FloatPushdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedPredicate;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.PartialFunction;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Presents files that were listed once to Spark. Spark's own index would list them again, with a
 * job if there are many, and would take brackets and asterisks in names for wildcards.
 */
final class PinnedFileIndex implements FileIndex {
  private final List<UnitFiles> folders;
  private final StructType partition;

  private PinnedFileIndex(List<UnitFiles> folders, StructType partition) {
    this.folders = List.copyOf(folders);
    this.partition = partition;
  }

  /**
   * The rows of these files, in one format. Starts no job.
   *
   * @param partition the columns whose values the folders have
   * @param options of the format
   */
  static Dataset<Row> rows(
      SparkSession session,
      List<UnitFiles> folders,
      StructType schema,
      StructType partition,
      FileFormat format,
      Map<String, String> options) {
    // Any value may be missing in a file, whatever was declared.
    return FloatPushdown.prevent(
        session.baseRelationToDataFrame(
            new HadoopFsRelation(
                new PinnedFileIndex(folders, partition),
                partition,
                schema.asNullable(),
                Option.empty(),
                format,
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                session)));
  }

  @Override
  public Seq<Path> rootPaths() {
    return seq(UnitFiles.files(folders).stream().map(FileStatus::getPath).toList());
  }

  /** Spark doesn't ask the filters of partition columns again. */
  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    List<BasePredicate> filters = new ArrayList<>();
    for (Expression filter : CollectionConverters.asJava(partitionFilters)) {
      filters.add(new InterpretedPredicate(bound(filter)));
    }
    List<PartitionDirectory> directories = new ArrayList<>();
    for (UnitFiles folder : folders) {
      InternalRow values = values(folder);
      if (!folder.files().isEmpty() && filters.stream().allMatch(filter -> filter.eval(values))) {
        directories.add(
            PartitionDirectory.apply(values, folder.files().toArray(FileStatus[]::new)));
      }
    }
    return seq(directories);
  }

  private InternalRow values(UnitFiles folder) {
    StructField[] columns = partition.fields();
    Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] =
          CatalystTypeConverters.createToCatalystConverter(columns[i].dataType())
              .apply(folder.values().get(i).value());
    }
    return new GenericInternalRow(values);
  }

  private Expression bound(Expression filter) {
    PartialFunction<Expression, Expression> reference =
        scala.Function.unlift(
            expression ->
                expression instanceof Attribute column
                    ? Option.apply(reference(column))
                    : Option.empty());
    return filter.transform(reference);
  }

  private Expression reference(Attribute column) {
    return new BoundReference(
        partition.fieldIndex(column.name()), column.dataType(), column.nullable());
  }

  @Override
  public String[] inputFiles() {
    return UnitFiles.files(folders).stream()
        .map(file -> file.getPath().toString())
        .toArray(String[]::new);
  }

  @Override
  public void refresh() {
    // The files stay those that were listed when the run was compiled.
  }

  @Override
  public long sizeInBytes() {
    return UnitFiles.files(folders).stream().mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return partition;
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
