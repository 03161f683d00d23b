package io.penstock.spark.kinds;

import io.penstock.spark.cleaning.CleanedOutput;
import io.penstock.spark.compile.Handlers;
import io.penstock.spark.delta.DeltaSinkHandler;
import io.penstock.spark.delta.DeltaSourceHandler;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.delta.LakeTables;
import io.penstock.spark.delta.PinnedTables;
import io.penstock.spark.delta.RejectedTable;
import io.penstock.spark.delta.TableCleaner;
import io.penstock.spark.export.CsvSinkHandler;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.LakeExports;
import io.penstock.spark.export.RejectedExport;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.landed.FileSourceHandler;
import io.penstock.spark.outputs.LakeOutputs;
import io.penstock.spark.outputs.OutputKind;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spark.sink.SinkHandler;
import io.penstock.spark.sink.SinkHandlers;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spark.source.SourceHandler;
import io.penstock.spec.CsvSink;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Maps each kind of source and sink to its handler, for compiling and writing.
 *
 * @param tables that the session reads and writes
 */
public record Kinds(SparkSession session, LakeRoots roots, DeltaTables tables, Exports exports)
    implements Handlers {
  /** The names of the kinds in stored documents. */
  static final String DELTA = "delta";

  static final String CSV = "csv";

  /** The record of an output that a check rejected, by the name of its kind. */
  public static final Map<String, Class<? extends RejectedOutput>> REJECTED =
      Map.of(DELTA, RejectedTable.class, CSV, RejectedExport.class);

  @Override
  public Compiling with(String pipeline, Optional<Interval> unit, ProblemCollector problems) {
    PinnedTables read = new PinnedTables(tables, roots.sources());
    PinnedTables written =
        roots.sinks().equals(roots.sources()) ? read : new PinnedTables(tables, roots.sinks());
    return new Compiling() {
      @Override
      public SourceHandler sources() {
        DeltaSourceHandler delta =
            new DeltaSourceHandler(session, read, roots.sources(), unit, problems);
        FileSourceHandler files = new FileSourceHandler(session, roots.sources(), unit, problems);
        return node ->
            node.source()
                .accept(
                    new Source.Visitor<Optional<OpenedInput>>() {
                      @Override
                      public Optional<OpenedInput> visitDelta(DeltaSource source) {
                        return delta.open(node, source);
                      }

                      @Override
                      public Optional<OpenedInput> visitFiles(FileSource<?> source) {
                        return files.open(node, source);
                      }
                    });
      }

      @Override
      public SinkHandlers sinks() {
        return sink ->
            sink.accept(
                new Sink.Visitor<SinkHandler>() {
                  @Override
                  public SinkHandler visitDelta(DeltaSink table) {
                    return new DeltaSinkHandler(
                        table, pipeline, written, configuration(), problems);
                  }

                  @Override
                  public SinkHandler visitCsv(CsvSink export) {
                    return new CsvSinkHandler(export, pipeline, exports, configuration(), problems);
                  }
                });
      }
    };
  }

  /**
   * The rows of the output at a path; empty when there is none.
   *
   * @param least how many rows there are to be, unless the output holds fewer
   */
  public Optional<Dataset<Row>> published(LakePath path, long least) {
    return new LakeTables(roots.sinks(), tables)
        .rows(path)
        .or(() -> new LakeExports(roots.sinks(), configuration()).rows(path, session, least));
  }

  /** The rows of an output that a check of a run rejected. */
  public Dataset<Row> rejected(RejectedOutput output, String runId) {
    Path place = roots.sinks().resolve(output.path());
    return output instanceof RejectedTable table
        ? tables.rejected(place, table)
        : exports.rejected(place, (RejectedExport) output, runId).rows(session);
  }

  /**
   * The outputs of a lake, each with its finder of leftovers.
   *
   * @param before files that were modified since are kept
   */
  public List<CleanedOutput> cleaned(LakeOutputs outputs, Instant before) {
    LakeRoot root = roots.sinks();
    TableCleaner cleaner = TableCleaner.of(root, configuration(), tables, before);
    List<CleanedOutput> cleaned = new ArrayList<>();
    for (OutputKind kind : OutputKind.values()) {
      for (String path : outputs.of(kind)) {
        Path place = root.resolve(path);
        cleaned.add(
            switch (kind) {
              case TABLE -> cleaner.output(place);
              case EXPORT -> ExportLeftovers.output(root, place, configuration(), before);
            });
      }
    }
    return cleaned;
  }

  private Configuration configuration() {
    return session.sessionState().newHadoopConf();
  }
}
