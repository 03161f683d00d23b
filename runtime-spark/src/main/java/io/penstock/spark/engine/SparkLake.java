package io.penstock.spark.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentTable;
import io.penstock.engine.Lake;
import io.penstock.engine.Preview;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.delta.LakeTables;
import io.penstock.spark.export.LakeExports;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.outputs.OutputKind;
import io.penstock.spark.outputs.OutputSuggestions;
import io.penstock.spark.publication.FencingScope;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.run.Rejections;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;

/** The lake as it is now: forwards each question, and classifies what its answer throws. */
final class SparkLake implements Lake {
  private final LakeRoot root;
  private final Configuration configuration;
  private final LakeTables tables;
  private final LakeExports exports;
  private final LakeRows rows;
  private final Kinds kinds;
  private final Publications publications;

  SparkLake(
      SparkSession session,
      LakeRoot root,
      DeltaTables tables,
      Kinds kinds,
      Rejections rejections,
      Publications publications) {
    this.root = root;
    this.configuration = session.sessionState().newHadoopConf();
    this.tables = new LakeTables(root, tables);
    this.exports = new LakeExports(root, configuration);
    this.rows = new LakeRows(session, root, configuration, kinds, rejections);
    this.kinds = kinds;
    this.publications = publications;
  }

  @Override
  public boolean isPresent(LakePath table) {
    return Failures.classified(() -> tables.isPresent(table));
  }

  @Override
  public List<Interval> missingUnits(LakePath table, Partition partition, List<Interval> units) {
    return Failures.classified(() -> tables.missing(table, partition, units));
  }

  @Override
  public Preview show(
      LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun) {
    return Failures.classified(() -> rows.show(path, where, limit, rejectedRun));
  }

  @Override
  public boolean hasExport(LakePath path) {
    return Failures.classified(() -> exports.has(path));
  }

  @Override
  public List<CurrentExport> currentExports(LakePath export) {
    return Failures.classified(() -> exports.current(export));
  }

  @Override
  public CurrentTable currentTable(LakePath table) {
    return Failures.classified(
        () ->
            tables
                .current(table)
                .orElseThrow(
                    () ->
                        EngineErrors.noTable(
                            table.text(),
                            OutputSuggestions.in(root, configuration)
                                .forOutput(table.text(), OutputKind.TABLE))));
  }

  @Override
  public void record(String pipeline, String runId, String json) {
    Failures.classified(() -> records().keep(pipeline, runId, json));
  }

  @Override
  public Optional<String> recordOf(String pipeline, String runId) {
    return Failures.classified(() -> records().find(pipeline, runId));
  }

  private RunRecords records() {
    return new RunRecords(root, configuration);
  }

  @Override
  public List<UnfinishedRun> unfinished() {
    return Failures.classified(publications::unfinished);
  }

  @Override
  public List<UnfinishedRun> unfinished(Pipeline pipeline, Optional<Interval> unit) {
    FencingScope scope = FencingScope.of(pipeline, unit);
    return Failures.classified(() -> publications.unfinished(scope));
  }

  @Override
  public Cleaning cleaning(List<LakePath> paths, Duration age) {
    return new LakeCleaning(root, configuration, kinds, publications).of(paths, age);
  }
}
