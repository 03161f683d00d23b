package io.penstock.spark.cleaning;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Publications;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks through tables, exports and the notes of runs.
 *
 * <p>Who is alive can't be asked on a file system, so it goes by age: an attempt that is older than
 * {@link Publications#LONGEST_ATTEMPT} publishes nothing any more, and what it wrote is not older
 * than itself.
 */
public final class Cleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final CleanedTables tables;
  private final Publications publications;
  private final Instant before;

  /**
   * @param before what was changed since is left alone
   */
  public Cleaner(
      LakeRoot root,
      Configuration configuration,
      CleanedTables tables,
      Publications publications,
      Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.tables = tables;
    this.publications = publications;
    this.before = before;
  }

  /**
   * Looks through tables and exports, those that can't be looked through aside, and through the
   * notes of all runs.
   */
  public Findings everywhere(List<Path> tableFolders, List<Path> exportFolders) {
    Findings findings = new Findings();
    state().find(publications, findings);
    tableFolders.forEach(
        table -> findings.unlessItFails(table, found -> findInTable(table, found)));
    exportFolders.forEach(
        export -> findings.unlessItFails(export, found -> findInExport(export, found)));
    return findings;
  }

  /**
   * Looks through these tables and exports alone.
   *
   * @throws RuntimeException of the first that can't be looked through
   */
  public Findings in(List<Path> tableFolders, List<Path> exportFolders) {
    Findings findings = new Findings();
    tableFolders.forEach(table -> findInTable(table, findings));
    exportFolders.forEach(export -> findInExport(export, findings));
    return findings;
  }

  private void findInTable(Path table, Findings findings) {
    if (tables.isOurs(table)) {
      new TableLeftovers(root, tables::named, configuration, before)
          .in(table)
          .forEach(findings::add);
      state().temporaries(new Path(table, "_delta_log"), findings);
      state().notesOfFirstRuns(table, findings);
    }
  }

  private void findInExport(Path export, Findings findings) {
    ExportLeftovers versions = new ExportLeftovers(export, configuration, before);
    versions.find(export).forEach(old -> findings.add(removable(versions, old)));
    state().temporaries(export, findings);
  }

  private StateLeftovers state() {
    return new StateLeftovers(root, configuration, before);
  }

  private static Removable removable(ExportLeftovers versions, ExportLeftovers.OldVersion old) {
    Kind kind = old.entry().isPresent() ? Kind.REPLACED_VERSION : Kind.UNPUBLISHED_VERSION;
    return new Removable(
        new Leftover(kind, old.version().toString(), old.bytes(), old.changed()),
        () -> versions.remove(old));
  }
}
