package io.penstock.spark.export;

import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Write;
import io.penstock.spark.publication.JournalledOutput;
import io.penstock.spark.publication.JournalledSink;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sink.PreparedSink;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;

/** A version of an export that is written and not published yet. */
final class PreparedExport implements PreparedSink {
  private final PlannedExport sink;

  private final Attempt attempt;
  private final StagedExport staged;
  private final long milliseconds;

  private PreparedExport(
      PlannedExport sink, Attempt attempt, StagedExport staged, long milliseconds) {
    this.sink = sink;
    this.attempt = attempt;
    this.staged = staged;
    this.milliseconds = milliseconds;
  }

  static PreparedExport prepare(PlannedExport sink, Dataset<Row> rows, Attempt attempt) {
    long start = System.nanoTime();
    Write write = sink.write();
    RunRequest request = attempt.request();
    Dataset<Row> guarded = rows;
    if (write.sink().partition().isPresent()) {
      Partition partition = write.sink().partition().orElseThrow();
      Interval unit = request.unit().orElseThrow();
      List<TypedValue> values = partition.valuesOf(unit);
      for (int i = 0; i < values.size(); i++) {
        String column = partition.columns().get(i).name();
        guarded = guarded.withColumn(column, guard(column, values.get(i), write));
      }
    }
    StagedExport staged =
        sink.exports()
            .stage(
                guarded,
                sink.replaced(request),
                sink.form(),
                new ExportProvenance(
                    request.runId(),
                    attempt.epoch(),
                    request.pipeline().name(),
                    attempt.interval(),
                    attempt.inputVersions(),
                    request.startedAt(),
                    request.acceptedReasons()));
    return new PreparedExport(sink, attempt, staged, (System.nanoTime() - start) / 1_000_000);
  }

  /** Fails the run at a row of another unit, as for Delta tables. */
  private static Column guard(String column, TypedValue value, Write write) {
    Column of = functions.col(column);
    return functions
        .when(of.equalTo(ExpressionUtils.column(CatalystLiterals.literal(value))), of)
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
    return sink.write();
  }

  @Override
  public Dataset<Row> written() {
    return staged.rows(attempt.session());
  }

  @Override
  public JournalledSink journalled() {
    return new JournalledExport(
        write().sink().path().text(),
        JournalledOutput.of(report()),
        staged.target().partition(),
        attempt.contract(write().sink()));
  }

  @Override
  public void discard() {
    sink.exports().discard(staged);
  }

  @Override
  public RunReport.Output report() {
    return new RunReport.Output(
        write().sink().path().text(),
        write().sink().format(),
        staged.entryPoint().toString(),
        attempt.units(write().sink()),
        staged.manifest().rowCount(),
        staged.files().size(),
        staged.manifest().byteCount(),
        milliseconds,
        OptionalLong.empty());
  }

  @Override
  public RejectedOutput rejected() {
    return new RejectedExport(write().sink().path().text(), staged.target().partition());
  }
}
