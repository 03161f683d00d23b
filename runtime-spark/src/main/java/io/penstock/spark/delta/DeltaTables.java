package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionPredicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

public final class DeltaTables {
  private final SparkSession session;

  public DeltaTables(SparkSession session) {
    this.session = session;
  }

  public Optional<PinnedTable> open(Path path) {
    DeltaLog log = DeltaLog.forTable(session, path);
    var snapshot = log.update(false, Option.empty(), Option.empty());
    return snapshot.version() < 0
        ? Optional.empty()
        : Optional.of(new PinnedTable(session, path, log, snapshot));
  }

  public PinnedTable create(
      Path path, StructType schema, List<String> partition, Map<String, String> properties) {
    io.delta.tables.DeltaTable.createIfNotExists(session)
        .location(path.toString())
        .addColumns(schema.asNullable())
        .partitionedBy(partition.toArray(String[]::new))
        .execute();
    return open(path).orElseThrow();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public StagedWrite stage(
      PinnedTable table, Dataset<Row> rows, Optional<PartitionPredicate> predicate) {
    Map<String, String> options = new HashMap<>();
    predicate.ifPresent(p -> options.put("replaceWhere", p.sql()));
    DeltaOptions deltaOptions =
        new DeltaOptions(
            scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
            session.sessionState().conf());
    var partitions = CollectionConverters.asScala(table.partitionColumns()).toSeq();
    WriteIntoDelta write =
        new WriteIntoDelta(
            table.log,
            SaveMode.Overwrite,
            deltaOptions,
            partitions,
            (scala.collection.immutable.Map) scala.collection.immutable.Map$.MODULE$.empty(),
            rows,
            Option.empty(),
            Option.empty(),
            false);
    OptimisticTransaction transaction = table.log.startTransaction(Option.empty(), Option.empty());
    var data =
        OptimisticTransaction.withActive(
            transaction,
            false,
            () ->
                write.writeAndReturnCommitData(
                    transaction, session, (Option) Option.empty(), false));
    return new StagedWrite(
        table,
        transaction,
        (org.apache.spark.sql.delta.commands.DMLUtils.TaggedCommitData<Action>) data,
        predicate);
  }

  public long commit(StagedWrite staged, String metadata, String appId, long epoch) {
    List<Action> actions = new ArrayList<>(CollectionConverters.asJava(staged.data.actions()));
    actions.add(
        new SetTransaction(appId, epoch, Option.apply((Object) System.currentTimeMillis())));
    Option<String> none = Option.empty();
    Option<Object> no = Option.empty();
    var operation =
        new DeltaOperations.Write(
            SaveMode.Overwrite,
            Option.empty(),
            staged.predicate.map(p -> Option.apply(p.sql())).orElse(none),
            Option.apply(metadata),
            no,
            no,
            no,
            none,
            none);
    return staged.transaction.commit(
        CollectionConverters.asScala(actions).toSeq(), operation, staged.data.stringTags());
  }

  public Dataset<Row> readStaged(Path path, List<String> actions) {
    PinnedTable table = open(path).orElseThrow();
    List<AddFile> files = actions.stream().map(json -> (AddFile) Action.fromJson(json)).toList();
    return table.log.createDataFrame(
        table.snapshot, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }

  public List<String> pathsBelow(Path root) {
    return List.of();
  }
}
