package io.penstock.spark.delta;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.cleaning.CleanedOutput;
import io.penstock.spark.cleaning.FoundLeftovers;
import io.penstock.spark.cleaning.TemporaryFiles;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds what runs left in tables. */
public final class TableCleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final CleanedTables tables;
  private final Instant before;

  /**
   * @param before what was changed since is left alone
   */
  public TableCleaner(
      LakeRoot root, Configuration configuration, CleanedTables tables, Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.tables = tables;
    this.before = before;
  }

  /** For the tables of a lake as Delta knows them. */
  public static TableCleaner of(
      LakeRoot root, Configuration configuration, DeltaTables tables, Instant before) {
    return new TableCleaner(
        root,
        configuration,
        new LoggedTables(
            root, tables, configuration, new ForeignFiles(root, configuration, tables)),
        before);
  }

  /** A table, or a folder in which a first run has written one. */
  public CleanedOutput output(Path table) {
    return new CleanedOutput(table, found -> find(table, found));
  }

  private void find(Path table, FoundLeftovers found) {
    if (tables.isOurs(table)) {
      LakeFiles files = LakeFiles.of(table, configuration);
      new TableLeftovers(root, tables::named, configuration, before).find(table, found);
      new TemporaryFiles(root, files, before).find(new Path(table, LakeLayout.TABLE_LOG), found);
      notesOfFirstRuns(table, files, found);
    }
  }

  /** What says that a first run writes to a table's folder, when none does nor left anything. */
  private void notesOfFirstRuns(Path table, LakeFiles files, FoundLeftovers found) {
    for (Path note : UnbornTable.spentNotes(table, files)) {
      old(note, files)
          .ifPresent(
              changed ->
                  found.add(
                      new Leftover(
                          Kind.TEMPORARY_FILE,
                          note.toString(),
                          files.length(note).orElse(0),
                          changed),
                      // A first run that begins in this moment has written it anew.
                      () -> old(note, files).ifPresent(still -> files.delete(note))));
    }
  }

  private Optional<Instant> old(Path file, LakeFiles files) {
    return files.changed(file).filter(changed -> changed.isBefore(before));
  }

  /**
   * The tables as Delta knows them.
   *
   * @param elsewhere the files that any table names outside of its own folder, as clones do
   */
  private record LoggedTables(
      LakeRoot root, DeltaTables tables, Configuration configuration, ForeignFiles elsewhere)
      implements CleanedTables {
    /** A table says whose it is; where none has come into being, the note of a first run does. */
    @Override
    public boolean isOurs(Path table) {
      return DamagedTables.opening(
          lakePath(table),
          () ->
              tables.exists(table)
                  ? tables.open(table).properties().containsKey(TableProperties.PIPELINE)
                  : UnbornTable.isAt(table, LakeFiles.of(table, configuration)));
    }

    @Override
    public Set<Path> named(Path table) {
      Set<Path> all =
          new HashSet<>(DamagedTables.opening(lakePath(table), () -> tables.named(table)));
      all.addAll(elsewhere.get());
      return all;
    }

    private LakePath lakePath(Path table) {
      return new LakePath(root.path().toUri().relativize(table.toUri()).getPath());
    }
  }
}
