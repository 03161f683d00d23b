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

/**
 * Finds what runs left in tables.
 *
 * @param before what was changed since is left alone
 */
public record TableCleaner(
    LakeRoot root, Configuration configuration, CleanedTables tables, Instant before) {
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
      findMarkers(table, files, found);
    }
  }

  /** Markers of first runs which are not needed any more. */
  private void findMarkers(Path table, LakeFiles files, FoundLeftovers found) {
    for (Path marker : UnbornTable.spentMarkers(table, files)) {
      old(marker, files)
          .ifPresent(
              changed ->
                  found.add(
                      new Leftover(
                          Kind.TEMPORARY_FILE,
                          marker.toString(),
                          files.length(marker).orElse(0),
                          changed),
                      // A first run that begins at this moment has written it anew.
                      () -> old(marker, files).ifPresent(still -> files.delete(marker))));
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
    /** By a property of the table; where there is none yet, by the marker of a first run. */
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
