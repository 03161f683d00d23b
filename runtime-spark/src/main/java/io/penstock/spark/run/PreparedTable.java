package io.penstock.spark.run;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.compile.Partitions;
import io.penstock.spark.compile.PlannedSink;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spark.delta.StagedWrite;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files of a Delta table that no commit names yet. */
final class PreparedTable implements PreparedSink {
  private final PlannedSink sink;
  private final RunContext context;
  private final StagedWrite staged;
  private final long epoch;
  private final Map<String, Long> inputVersions;
  private final long milliseconds;
  private OptionalLong version = OptionalLong.empty();

  private PreparedTable(
      PlannedSink sink,
      RunContext context,
      StagedWrite staged,
      long epoch,
      Map<String, Long> inputVersions,
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
      Map<String, Long> inputVersions) {
    long start = System.nanoTime();
    Optional<Partition> partition = sink.write().sink().partition();
    PinnedTable table =
        sink.table()
            .orElseGet(
                () ->
                    context
                        .tables()
                        .create(
                            sink.target(),
                            sink.schema(),
                            partition.map(Partition::columnNames).orElse(List.of()),
                            Map.of()));
    Optional<PartitionPredicate> replaced =
        partition.map(
            p -> Partitions.predicate(p, List.of(context.request().unit().orElseThrow())));
    StagedWrite staged = context.tables().stage(table, rows, replaced);
    return new PreparedTable(
        sink, context, staged, epoch, inputVersions, (System.nanoTime() - start) / 1_000_000);
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
  public void publish() {
    version =
        OptionalLong.of(
            context
                .tables()
                .commit(
                    staged,
                    RunStamp.of(context.request(), inputVersions).json(),
                    context.applicationId(),
                    epoch));
  }

  @Override
  public RunReport.Output report() {
    return new RunReport.Output(
        write().sink().path().text(),
        write().sink().format(),
        sink.target().toString(),
        context.units(write().sink()),
        staged.rows(),
        staged.fileCount(),
        staged.bytes(),
        milliseconds,
        version);
  }

  @Override
  public RejectedOutput rejected() {
    return RejectedOutput.delta(write().sink().path().text(), staged.actionsAsJson());
  }
}
