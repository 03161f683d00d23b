package io.penstock.spark.kinds;

import io.penstock.spark.delta.JournalledTable;
import io.penstock.spark.delta.TableLog;
import io.penstock.spark.delta.TablePublication;
import io.penstock.spark.export.ExportPublication;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.JournalledExport;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.JournalEntry;
import io.penstock.spark.publication.JournalledSink;
import io.penstock.spark.publication.PublicationHandlers;
import io.penstock.spark.publication.SinkPublication;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Maps each kind of sink to its publication, in this process or in another one.
 *
 * @param logs finds the log of the table at a path, whether the table exists or not
 */
public record PublishedKinds(
    LakeRoot root, Function<Path, TableLog> logs, Exports exports, Configuration configuration)
    implements PublicationHandlers {
  /** The record of an output in the journal, by the name of its kind. */
  public static final Map<String, Class<? extends JournalledSink>> JOURNALLED =
      Map.of(Kinds.DELTA, JournalledTable.class, Kinds.CSV, JournalledExport.class);

  @Override
  public SinkPublication of(JournalledSink sink, JournalEntry entry) {
    if (sink instanceof JournalledTable table) {
      Path place = root.resolve(table.path());
      return new TablePublication(place, table, () -> logs.apply(place), configuration);
    }
    JournalledExport export = (JournalledExport) sink;
    ExportTarget target = new ExportTarget(root.resolve(export.path()), export.partition());
    return new ExportPublication(export, target, entry.epoch(), entry.runId(), exports);
  }
}
