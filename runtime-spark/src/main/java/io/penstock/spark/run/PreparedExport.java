package io.penstock.spark.run;

import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.compile.PlannedSink;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.export.ExportAttempt;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.export.StagedExport;
import io.penstock.spark.publication.JournalledSink;
import io.penstock.spark.sql.Literals;
import io.penstock.spec.CsvSink;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;

/** A version of an export that waits for publication. */
final class PreparedExport implements PreparedSink {
  private final Write write;
  private final RunContext context;
  private final StagedExport staged;
  private final long milliseconds;

  private PreparedExport(Write write, RunContext context, StagedExport staged, long milliseconds) {
    this.write = write;
    this.context = context;
    this.staged = staged;
    this.milliseconds = milliseconds;
  }

  static PreparedExport prepare(
      PlannedSink sink,
      Dataset<Row> rows,
      RunContext context,
      long epoch,
      Map<String, Long> inputVersions) {
    long start = System.nanoTime();
    Write write = sink.write();
    Dataset<Row> guarded = rows;
    if (write.sink().partition().isPresent()) {
      Partition partition = write.sink().partition().orElseThrow();
      Interval unit = context.request().unit().orElseThrow();
      List<TypedValue> values = partition.valuesOf(unit);
      for (int i = 0; i < values.size(); i++) {
        String column = partition.columns().get(i).name();
        guarded = guarded.withColumn(column, guard(column, values.get(i), write));
      }
    }
    StagedExport staged =
        context
            .exports()
            .stage(
                guarded,
                target(sink, context.request()),
                ((CsvSink) write.sink()).form(),
                new ExportAttempt(
                    context.runId(),
                    epoch,
                    context.request().pipeline().name(),
                    Stamps.interval(context.request()),
                    inputVersions,
                    context.request().startedAt()));
    return new PreparedExport(write, context, staged, (System.nanoTime() - start) / 1_000_000);
  }

  /** What a run replaces of an export. */
  static ExportTarget target(PlannedSink sink, RunRequest request) {
    List<PartitionSegment> segments = new ArrayList<>();
    if (sink.write().sink().partition().isPresent()) {
      Partition partition = sink.write().sink().partition().orElseThrow();
      List<TypedValue> values = partition.valuesOf(request.unit().orElseThrow());
      for (int i = 0; i < values.size(); i++) {
        segments.add(new PartitionSegment(partition.columns().get(i).name(), values.get(i).text()));
      }
    }
    return new ExportTarget(sink.target(), segments);
  }

  /** A row of another unit fails the run, as it does in a Delta table. */
  private static Column guard(String column, TypedValue value, Write write) {
    Column of = functions.col(column);
    return functions
        .when(of.equalTo(ExpressionUtils.column(Literals.literal(value))), of)
        .otherwise(
            functions.raise_error(
                functions.concat(
                    functions.lit(
                        "A row for '"
                            + write.sink().path()
                            + "' is of another unit: expected "
                            + column
                            + "="
                            + value.text()
                            + ", found "),
                    functions.coalesce(of.cast("string"), functions.lit("NULL")))));
  }

  @Override
  public Write write() {
    return write;
  }

  @Override
  public Dataset<Row> written() {
    return staged.rows(context.session());
  }

  @Override
  public JournalledSink journalled() {
    return new JournalledSink.Export(
        write.sink().path().text(),
        report(),
        staged.target().partition(),
        ContractProperties.of(context.contract(write.sink())));
  }

  @Override
  public void discard() {
    context.exports().discard(staged);
  }

  @Override
  public RunReport.Output report() {
    return new RunReport.Output(
        write.sink().path().text(),
        write.sink().format(),
        staged.entrance().toString(),
        context.units(write.sink()),
        staged.manifest().rowCount(),
        staged.files().size(),
        staged.manifest().byteCount(),
        milliseconds,
        OptionalLong.empty());
  }

  @Override
  public RejectedOutput rejected() {
    return RejectedOutput.csv(write.sink().path().text(), staged.target());
  }
}
