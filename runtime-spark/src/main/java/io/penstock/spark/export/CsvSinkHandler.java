package io.penstock.spark.export;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.csv.CsvFileWriter;
import io.penstock.spark.csv.UnwritableColumn;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.SinkHandler;
import io.penstock.spec.CsvSink;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/** Plans a CSV export, and checks it against the rows that are written. */
public final class CsvSinkHandler implements SinkHandler {
  private final CsvSink sink;
  private final String pipeline;
  private final Exports exports;
  private final Configuration configuration;
  private final ProblemCollector problems;

  /**
   * @param pipeline that writes
   * @param configuration includes the session's settings
   */
  public CsvSinkHandler(
      CsvSink sink,
      String pipeline,
      Exports exports,
      Configuration configuration,
      ProblemCollector problems) {
    this.sink = sink;
    this.pipeline = pipeline;
    this.exports = exports;
    this.configuration = configuration;
    this.problems = problems;
  }

  @Override
  public Optional<String> conflictingOutput(Path target) {
    return LakeFiles.of(target, configuration).list(target).stream()
        .map(LakeFiles.Entry::name)
        .filter(LakeLayout.TABLE_LOG::equals)
        .findFirst()
        .map(log -> "a Delta table lies there");
  }

  @Override
  public PlannedSink plan(Write write, Path target, StructType schema) {
    checkColumns(write, schema);
    sink.form().unsuitable().ifPresent(reason -> problems.add(unsuitable(write, reason)));
    ExportContractCheck.of(write, pipeline, target, exports.contracts()).ifPresent(problems::add);
    RunPlan.Target state =
        LakeFiles.of(target, configuration).exists(target)
            ? RunPlan.Target.PRESENT
            : RunPlan.Target.TO_BE_CREATED;
    return new PlannedExport(write, target, schema, state, sink.form(), exports);
  }

  /** CSV files hold texts. */
  @Override
  public boolean preservesValues() {
    return false;
  }

  private Problem unsuitable(Write write, String reason) {
    return Problem.at(
        write,
        "UNSUITABLE_FORM",
        "Cannot write '%s' for the profile %s: %s."
            .formatted(sink.path(), sink.form().profile(), reason),
        "choose another .delimiter(…) or .encoding(…), or another .profile(…).");
  }

  private void checkColumns(Write write, StructType schema) {
    for (UnwritableColumn column : CsvFileWriter.unwritableColumns(schema, sink.form())) {
      problems.add(
          Problem.at(
              write,
              "UNWRITABLE_COLUMN",
              "Cannot write '%s' as CSV: %s.".formatted(column.name(), column.reason()),
              "convert it to text, for example with to_json(%1$s) AS %1$s, or leave it out."
                  .formatted(column.name())));
    }
  }
}
