package io.penstock.spark.delta;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.JournalledSink;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sink.PreparedSink;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spark.sql.Partitions;
import io.penstock.spark.sql.ValidText;
import io.penstock.spec.Owner;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files of a Delta table that no commit names yet. */
record PreparedTable(PlannedTable sink, Attempt attempt, StagedWrite staged, long milliseconds)
    implements PreparedSink {
  static PreparedTable prepare(PlannedTable sink, Dataset<Row> rows, Attempt attempt) {
    long start = System.nanoTime();
    Replacement replacement =
        sink.write()
            .sink()
            .partition()
            .map(p -> Partitions.predicate(p, List.of(attempt.request().unit().orElseThrow())))
            .map(Replacement::of)
            .orElseGet(Replacement::wholeTable);
    Dataset<Row> valid = ValidText.required(rows, sink.write().sink().path().text());
    StagedWrite staged = staged(sink, valid, attempt, replacement);
    return new PreparedTable(sink, attempt, staged, (System.nanoTime() - start) / 1_000_000);
  }

  private static StagedWrite staged(
      PlannedTable sink, Dataset<Row> rows, Attempt attempt, Replacement replacement) {
    DeltaTables tables = sink.tables();
    if (sink.table().isEmpty()) {
      return tables.stageFirst(definition(sink, attempt), rows, replacement);
    }
    boolean widens =
        sink.change().map(SchemaChange::kind).equals(Optional.of(SchemaChange.Kind.NEW_COLUMNS));
    return widens
        ? tables.stageWithNewColumns(sink.table().get(), rows, replacement)
        : tables.stage(sink.table().get(), rows, replacement);
  }

  private static TableDefinition definition(PlannedTable sink, Attempt attempt) {
    return new TableDefinition(
        sink.target(),
        sink.schema().asNullable(),
        sink.write().sink().partition().map(Partition::columnNames).orElse(List.of()),
        description(sink, attempt));
  }

  /** With the contract, which the commit adds where the table has none yet. */
  private static TableDescription description(PlannedTable sink, Attempt attempt) {
    Pipeline pipeline = attempt.request().pipeline();
    Map<String, String> properties = properties(pipeline);
    properties.putAll(attempt.contract(sink.write().sink()));
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
    return new JournalledTable(
        write().sink().path().text(),
        JournalledOutput.of(report()),
        staged.prepared(Stamps.of(attempt, write().sink()), description(sink, attempt)));
  }

  @Override
  public void discard() {
    // Readers don't see the files; those of a refused run can be shown until clean removes them.
  }

  @Override
  public RunReport.Output report() {
    return new RunReport.Output(
        write().sink().path().text(),
        write().sink().format(),
        sink.target().toString(),
        attempt.units(write().sink()),
        staged.rows(),
        staged.files(),
        staged.bytes(),
        milliseconds,
        OptionalLong.empty());
  }

  @Override
  public RejectedOutput rejected() {
    return new RejectedTable(write().sink().path().text(), staged.actionsAsJson());
  }
}
