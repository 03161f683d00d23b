package io.penstock.spark.cleaning;

import io.penstock.engine.Cleaning;
import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks through tables, exports and the notes of runs.
 *
 * <p>Who is alive can't be asked on a file system, so it goes by age: an attempt that is older than
 * {@link io.penstock.spark.publication.Publications#LONGEST_ATTEMPT} publishes nothing any more,
 * and what it wrote is not older than itself.
 */
public final class Cleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final CleanedTables tables;
  private final Journal journal;
  private final Instant before;

  /**
   * @param before what was changed since is left alone
   */
  public Cleaner(
      LakeRoot root,
      Configuration configuration,
      CleanedTables tables,
      Journal journal,
      Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.tables = tables;
    this.journal = journal;
    this.before = before;
  }

  /**
   * Looks through tables and exports, those that can't be looked through aside, and through the
   * notes of all runs.
   */
  public Cleaning everywhere(List<Path> tableFolders, List<Path> exportFolders) {
    Findings findings = new Findings();
    findings.add(state().all());
    tableFolders.forEach(table -> findings.addUnlessItFails(table, () -> inTable(table)));
    exportFolders.forEach(export -> findings.addUnlessItFails(export, () -> inExport(export)));
    return findings.cleaning();
  }

  /**
   * Looks through these tables and exports alone.
   *
   * @throws RuntimeException of the first that can't be looked through
   */
  public Cleaning in(List<Path> tableFolders, List<Path> exportFolders) {
    Findings findings = new Findings();
    tableFolders.forEach(table -> findings.add(inTable(table)));
    exportFolders.forEach(export -> findings.add(inExport(export)));
    return findings.cleaning();
  }

  private List<Removable> inTable(Path table) {
    if (!tables.isOurs(table)) {
      return List.of();
    }
    List<Removable> found =
        new ArrayList<>(new TableLeftovers(tables::named, configuration, before).in(table));
    state().temporaries(new Path(table, "_delta_log"), found);
    return found;
  }

  private List<Removable> inExport(Path export) {
    List<Removable> found = new ArrayList<>();
    ExportLeftovers versions = new ExportLeftovers(export, configuration, before);
    versions.find(export).forEach(old -> found.add(removable(versions, old)));
    state().temporaries(export, found);
    return found;
  }

  private StateLeftovers state() {
    return new StateLeftovers(root, configuration, journal, before);
  }

  private static Removable removable(ExportLeftovers versions, ExportLeftovers.OldVersion old) {
    Kind kind = old.entry().isPresent() ? Kind.REPLACED_VERSION : Kind.UNPUBLISHED_VERSION;
    return new Removable(
        new Leftover(kind, old.version().toString(), old.bytes(), old.changed()),
        () -> versions.remove(old));
  }
}
