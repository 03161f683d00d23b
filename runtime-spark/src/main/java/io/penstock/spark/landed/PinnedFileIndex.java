package io.penstock.spark.landed;

import io.penstock.spark.sql.FloatPushdown;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Presents files that were listed once to Spark. Spark's own index would list them again, with a
 * job if there are many, and would take brackets and asterisks in names for wildcards.
 */
final class PinnedFileIndex implements FileIndex {
  private final List<FileStatus> files;

  private PinnedFileIndex(List<FileStatus> files) {
    this.files = List.copyOf(files);
  }

  /**
   * The rows of these files, in one format. Starts no job.
   *
   * @param options of the format
   */
  static Dataset<Row> rows(
      SparkSession session,
      List<FileStatus> files,
      StructType schema,
      FileFormat format,
      Map<String, String> options) {
    // Any value may be missing in a file, whatever was declared.
    return FloatPushdown.prevent(
        session.baseRelationToDataFrame(
            new HadoopFsRelation(
                new PinnedFileIndex(files),
                new StructType(),
                schema.asNullable(),
                Option.empty(),
                format,
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                session)));
  }

  @Override
  public Seq<Path> rootPaths() {
    return seq(files.stream().map(FileStatus::getPath).toList());
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    return seq(
        List.of(PartitionDirectory.apply(InternalRow.empty(), files.toArray(FileStatus[]::new))));
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  @Override
  public void refresh() {
    // The files stay those that were listed when the run was compiled.
  }

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return new StructType();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
