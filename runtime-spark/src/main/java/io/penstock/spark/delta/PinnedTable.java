package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

public final class PinnedTable {
  final SparkSession session;
  final Path path;
  final DeltaLog log;
  final Snapshot snapshot;

  PinnedTable(SparkSession session, Path path, DeltaLog log, Snapshot snapshot) {
    this.session = session;
    this.path = path;
    this.log = log;
    this.snapshot = snapshot;
  }

  public long version() {
    return snapshot.version();
  }

  public StructType schema() {
    return snapshot.metadata().schema();
  }

  public List<String> partitionColumns() {
    return List.copyOf(CollectionConverters.asJava(snapshot.metadata().partitionColumns()));
  }

  public Dataset<Row> rows() {
    return session.baseRelationToDataFrame(
        log.createRelation(
            CollectionConverters.asScala(List.<Expression>of()).toSeq(),
            Option.apply(snapshot),
            Option.empty(),
            true));
  }

  public PartitionFiles files() {
    return new PartitionFiles(snapshot.numOfFiles(), snapshot.sizeInBytes(), rowsOf(List.of()));
  }

  public PartitionFiles files(PartitionPredicate predicate) {
    List<AddFile> files = filesOf(List.of(predicate.expression()));
    return new PartitionFiles(
        files.size(), files.stream().mapToLong(AddFile::size).sum(), sum(files));
  }

  public boolean present(PartitionPredicate predicate, String unit) {
    return recorded(unit) || !filesOf(List.of(predicate.expression())).isEmpty();
  }

  private boolean recorded(String unit) {
    return CollectionConverters.asJava(snapshot.setTransactions()).stream()
        .anyMatch(t -> t.appId().startsWith("penstock:") && t.appId().endsWith(":" + unit));
  }

  private OptionalLong rowsOf(List<Expression> filters) {
    return sum(filesOf(filters));
  }

  private static OptionalLong sum(List<AddFile> files) {
    long rows = 0;
    for (AddFile file : files) {
      if (file.numLogicalRecords().isEmpty()) {
        return OptionalLong.empty();
      }
      rows += (Long) file.numLogicalRecords().get();
    }
    return OptionalLong.of(rows);
  }

  private List<AddFile> filesOf(List<Expression> filters) {
    List<Expression> resolved = new ArrayList<>();
    for (Expression filter : filters) {
      resolved.add(filter);
    }
    return List.copyOf(
        CollectionConverters.asJava(
            snapshot.filesForScan(CollectionConverters.asScala(resolved).toSeq(), true).files()));
  }
}
