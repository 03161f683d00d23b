package io.penstock.spark.run;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.compile.Partitions;
import io.penstock.spark.compile.PlannedSink;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.delta.Replacement;
import io.penstock.spark.delta.SchemaChange;
import io.penstock.spark.delta.StagedWrite;
import io.penstock.spark.delta.TableDefinition;
import io.penstock.spark.delta.TableDescription;
import io.penstock.spark.delta.TableProperties;
import io.penstock.spark.publication.JournalledSink;
import io.penstock.spec.Owner;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files of a Delta table that no commit names yet. */
final class PreparedTable implements PreparedSink {
  private final PlannedSink sink;
  private final RunContext context;
  private final StagedWrite staged;
  private final long epoch;
  private final SortedMap<String, Long> inputVersions;
  private final long milliseconds;

  private PreparedTable(
      PlannedSink sink,
      RunContext context,
      StagedWrite staged,
      long epoch,
      SortedMap<String, Long> inputVersions,
      long milliseconds) {
    this.sink = sink;
    this.context = context;
    this.staged = staged;
    this.epoch = epoch;
    this.inputVersions = inputVersions;
    this.milliseconds = milliseconds;
  }

  static PreparedTable prepare(
      PlannedSink sink,
      Dataset<Row> rows,
      RunContext context,
      long epoch,
      SortedMap<String, Long> inputVersions) {
    long start = System.nanoTime();
    Optional<Partition> partition = sink.write().sink().partition();
    Replacement replacement =
        partition
            .map(p -> Partitions.predicate(p, List.of(context.request().unit().orElseThrow())))
            .map(Replacement::of)
            .orElseGet(Replacement::wholeTable);
    StagedWrite staged = staged(sink, rows, context, replacement);
    return new PreparedTable(
        sink, context, staged, epoch, inputVersions, (System.nanoTime() - start) / 1_000_000);
  }

  private static StagedWrite staged(
      PlannedSink sink, Dataset<Row> rows, RunContext context, Replacement replacement) {
    DeltaTables tables = context.tables();
    if (sink.table().isEmpty()) {
      return tables.stageFirst(definition(sink, context), rows, replacement);
    }
    boolean widens =
        sink.change().map(SchemaChange::kind).equals(Optional.of(SchemaChange.Kind.NEW_COLUMNS));
    return widens
        ? tables.stageWithNewColumns(sink.table().get(), rows, replacement)
        : tables.stage(sink.table().get(), rows, replacement);
  }

  private static TableDefinition definition(PlannedSink sink, RunContext context) {
    return new TableDefinition(
        sink.target(),
        sink.schema().asNullable(),
        sink.write().sink().partition().map(Partition::columnNames).orElse(List.of()),
        description(sink, context));
  }

  /** With its contract: the commit that publishes states it where the table doesn't yet. */
  private static TableDescription description(PlannedSink sink, RunContext context) {
    Pipeline pipeline = context.request().pipeline();
    Map<String, String> properties = properties(pipeline);
    properties.putAll(ContractProperties.of(context.contract(sink.write().sink())));
    return new TableDescription(
        Optional.of(pipeline.description()).filter(text -> !text.isBlank()), properties);
  }

  private static Map<String, String> properties(Pipeline pipeline) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(TableProperties.PIPELINE, pipeline.name());
    for (Owner owner : pipeline.owners()) {
      String key =
          owner.role() == Owner.Role.BUSINESS
              ? TableProperties.BUSINESS_OWNER
              : TableProperties.TECHNICAL_OWNER;
      properties.merge(key, owner.name(), (one, other) -> one + ", " + other);
    }
    return properties;
  }

  @Override
  public Write write() {
    return sink.write();
  }

  @Override
  public Dataset<Row> written() {
    return staged.written();
  }

  @Override
  public JournalledSink journalled() {
    return new JournalledSink.Table(
        write().sink().path().text(),
        report(),
        staged.prepared(
            Stamps.of(context.request(), write().sink(), epoch, inputVersions),
            description(sink, context)));
  }

  @Override
  public void discard() {
    // No reader sees the files, those of a refused run are looked at, and clean removes them.
  }

  @Override
  public RunReport.Output report() {
    return new RunReport.Output(
        write().sink().path().text(),
        write().sink().format(),
        sink.target().toString(),
        context.units(write().sink()),
        staged.rows(),
        staged.files().size(),
        staged.bytes(),
        milliseconds,
        OptionalLong.empty());
  }

  @Override
  public RejectedOutput rejected() {
    return RejectedOutput.delta(write().sink().path().text(), staged.actionsAsJson());
  }
}
