package io.penstock.spark.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.Lake;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.export.ExportManifest;
import io.penstock.spark.export.ExportReader;
import io.penstock.spark.export.PublishedExport;
import io.penstock.spark.expressions.Predicates;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.outputs.LakeOutputs;
import io.penstock.spark.publication.FencingScope;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.UnfinishedPublication;
import io.penstock.spark.publication.UnreadableEntry;
import io.penstock.spark.run.Rejections;
import io.penstock.spark.run.RunFailures;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** The lake as it is now. */
final class SparkLake implements Lake {
  private final SparkSession session;
  private final LakeRoot root;
  private final DeltaTables tables;
  private final Kinds kinds;
  private final Rejections rejections;
  private final Publications publications;

  SparkLake(
      SparkSession session,
      LakeRoot root,
      DeltaTables tables,
      Kinds kinds,
      Rejections rejections,
      Publications publications) {
    this.session = session;
    this.root = root;
    this.tables = tables;
    this.kinds = kinds;
    this.rejections = rejections;
    this.publications = publications;
  }

  @Override
  public boolean isPresent(LakePath table) {
    return Failures.classified(
        () ->
            DamagedTables.opening(
                table,
                () -> {
                  Path location = root.resolve(table.text());
                  return tables.exists(location) && tables.open(location).present();
                }));
  }

  @Override
  public List<Interval> missingUnits(LakePath table, Partition partition, List<Interval> units) {
    return Failures.classified(
        () -> {
          Path location = root.resolve(table.text());
          return exists(table)
              ? tables.open(location).missing(partition, units)
              : List.copyOf(units);
        });
  }

  @Override
  public Preview show(
      LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun) {
    return Failures.classified(
        () -> {
          Dataset<Row> rows =
              rejectedRun.isPresent()
                  ? rejected(path, rejectedRun.get())
                  : DamagedTables.opening(path, () -> published(path));
          return Previews.first(
              where.map(predicate -> filtered(rows, predicate)).orElse(rows), limit);
        });
  }

  /** Analyses the predicate alone: what the rows themselves throw later is not its fault. */
  private Dataset<Row> filtered(Dataset<Row> rows, String predicate) {
    try {
      return Predicates.filter(session, rows, predicate, "--where");
    } catch (Exception e) {
      Optional<String> advice = Predicates.advice(session, e, List.of(rows.columns()));
      if (advice.isPresent()) {
        throw new RunFailedException(RunFailures.predicate(predicate, e, advice.get()));
      }
      throw e;
    }
  }

  private Dataset<Row> rejected(LakePath path, String runId) {
    return rejections
        .of(path, runId)
        .map(output -> kinds.rejected(output, runId))
        .orElseThrow(
            () ->
                EngineErrors.nothingToShow(
                    "No check of run '" + runId + "' refused anything for '" + path + "'.",
                    "look up the run's id in its result line."));
  }

  private Dataset<Row> published(LakePath path) {
    Path directory = root.resolve(path.text());
    if (exists(path)) {
      return tables.open(directory).rows();
    }
    return ExportRows.of(new ExportReader(configuration()).published(directory), session)
        .orElseThrow(
            () ->
                EngineErrors.nothingToShow(
                    "There is no Delta table and no export at '" + path + "'" + instead(directory),
                    LakeOutputs.in(root, configuration()).advice(path.text())));
  }

  private boolean exists(LakePath path) {
    return DamagedTables.opening(path, () -> tables.exists(root.resolve(path.text())));
  }

  private String instead(Path directory) {
    return LakeFiles.of(directory, configuration()).exists(directory)
        ? ": what is there are files as they arrived, or folders, which are not shown."
        : ".";
  }

  private Configuration configuration() {
    return session.sessionState().newHadoopConf();
  }

  @Override
  public boolean hasExport(LakePath path) {
    return Failures.classified(
        () -> !new ExportReader(configuration()).examples(root.resolve(path.text())).isEmpty());
  }

  @Override
  public List<CurrentExport> currentExports(LakePath export) {
    return Failures.classified(
        () -> {
          List<CurrentExport> found =
              new ExportReader(configuration())
                  .published(root.resolve(export.text())).stream()
                      .map(SparkLake::described)
                      .toList();
          if (found.isEmpty()) {
            throw EngineErrors.noExport(
                export, LakeOutputs.in(root, configuration()).adviceForExport(export.text()));
          }
          return found;
        });
  }

  private static CurrentExport described(PublishedExport export) {
    ExportManifest manifest = export.manifest();
    return new CurrentExport(
        manifest.attempt().runId(),
        export.target().partition().stream()
            .map(segment -> new CurrentExport.PartitionValue(segment.column(), segment.value()))
            .toList(),
        manifest.dialect(),
        manifest.compression(),
        manifest.columns().stream()
            .map(column -> new CurrentExport.Column(column.name(), column.type()))
            .toList(),
        manifest.files().stream()
            .map(
                file ->
                    new CurrentExport.File(
                        new Path(export.path(), file.name()).toString(), file.rows(), file.bytes()))
            .toList());
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
    return new RunRecords(root, configuration());
  }

  @Override
  public List<UnfinishedRun> unfinished() {
    return Failures.classified(() -> runs(publications.unfinished(), publications.unreadable()));
  }

  @Override
  public List<UnfinishedRun> unfinished(Pipeline pipeline, Optional<Interval> unit) {
    FencingScope scope = FencingScope.of(pipeline, unit);
    return Failures.classified(
        () -> runs(publications.unfinished(scope), publications.unreadable(scope)));
  }

  @Override
  public Cleaning cleaning(List<LakePath> paths, Duration age) {
    return new LakeCleaning(root, configuration(), kinds, publications).of(paths, age);
  }

  private static List<UnfinishedRun> runs(
      List<UnfinishedPublication> unfinished, List<UnreadableEntry> unreadable) {
    return Stream.<UnfinishedRun>concat(
            unfinished.stream().map(JournalledRun::new),
            unreadable.stream().map(UnreadableRun::new))
        .toList();
  }
}
