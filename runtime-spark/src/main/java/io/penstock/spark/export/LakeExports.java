package io.penstock.spark.export;

import io.penstock.engine.CurrentExport;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.OutputKind;
import io.penstock.spark.outputs.OutputSuggestions;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** The exports of a lake as they are now. */
public final class LakeExports {
  private final LakeRoot root;
  private final Configuration configuration;
  private final ExportReader reader;

  public LakeExports(LakeRoot root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
    this.reader = new ExportReader(configuration);
  }

  /** As {@link io.penstock.engine.Lake#hasExport}. */
  public boolean has(LakePath path) {
    return !reader.examples(root.resolve(path.text())).isEmpty();
  }

  /** As {@link io.penstock.engine.Lake#currentExports}. */
  public List<CurrentExport> current(LakePath path) {
    List<PublishedExport> found = published(path);
    if (found.isEmpty()) {
      throw ExportErrors.noExport(
          path,
          OutputSuggestions.in(root, configuration).forOutput(path.text(), OutputKind.EXPORT));
    }
    return found.stream().map(LakeExports::described).toList();
  }

  /**
   * The rows of its first partitions; empty when there is no export at a path. No manifest is read
   * after those of the partitions that hold the rows.
   *
   * @param least how many rows there are to be, unless all partitions hold fewer
   */
  public Optional<Dataset<Row>> rows(LakePath path, SparkSession session, long least) {
    List<PublishedExport> first = new ArrayList<>();
    Iterator<PublishedExport> each = reader.each(root.resolve(path.text())).iterator();
    long rows = 0;
    while (rows < least && each.hasNext()) {
      PublishedExport next = each.next();
      first.add(next);
      rows += next.manifest().rowCount();
    }
    return ExportRows.of(first, session);
  }

  private List<PublishedExport> published(LakePath path) {
    return reader.published(root.resolve(path.text()));
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
        manifest.fieldDelimiter(),
        manifest.charset(),
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
}
