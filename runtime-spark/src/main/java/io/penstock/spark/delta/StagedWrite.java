package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.commands.DMLUtils;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

public final class StagedWrite {
  final PinnedTable table;
  final OptimisticTransaction transaction;
  final DMLUtils.TaggedCommitData<Action> data;
  final Optional<PartitionPredicate> predicate;

  StagedWrite(
      PinnedTable table,
      OptimisticTransaction transaction,
      DMLUtils.TaggedCommitData<Action> data,
      Optional<PartitionPredicate> predicate) {
    this.table = table;
    this.transaction = transaction;
    this.data = data;
    this.predicate = predicate;
  }

  private List<AddFile> adds() {
    return CollectionConverters.asJava(data.actions()).stream()
        .filter(AddFile.class::isInstance)
        .map(AddFile.class::cast)
        .toList();
  }

  public long rows() {
    return adds().stream().mapToLong(f -> (Long) f.numLogicalRecords().get()).sum();
  }

  public long bytes() {
    return adds().stream().mapToLong(AddFile::size).sum();
  }

  public long fileCount() {
    return adds().size();
  }

  public Dataset<Row> written() {
    return table.log.createDataFrame(
        table.snapshot, CollectionConverters.asScala(adds()).toSeq(), false, Option.empty());
  }

  public List<String> actionsAsJson() {
    return adds().stream().map(Action::json).toList();
  }
}
