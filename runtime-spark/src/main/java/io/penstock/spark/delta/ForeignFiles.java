package io.penstock.spark.delta;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files that tables of a lake refer to outside of their own folders, as shallow clones do.
 * Finding them takes the log of every table, so these are read on first use.
 */
final class ForeignFiles {
  private final LakeRoot root;
  private final Configuration configuration;
  private final DeltaTables tables;
  private Optional<Set<Path>> found = Optional.empty();

  ForeignFiles(LakeRoot root, Configuration configuration, DeltaTables tables) {
    this.root = root;
    this.configuration = configuration;
    this.tables = tables;
  }

  /**
   * All of them.
   *
   * @throws RunFailedException when a table can't be read, since it may be such a clone
   */
  Set<Path> get() {
    if (found.isEmpty()) {
      Set<Path> files = new HashSet<>();
      for (Path table : tablesBelow(root.path())) {
        files.addAll(of(table));
      }
      found = Optional.of(files);
    }
    return found.get();
  }

  /** Also those in partitions and inside of other tables, where none should be. */
  private List<Path> tablesBelow(Path folder) {
    List<Path> all = new ArrayList<>();
    for (LakeFiles.Entry entry : LakeFiles.of(folder, configuration).list(folder)) {
      // By a path of its own, since the name may hold a colon.
      Path below = new Path(folder, new Path(null, null, entry.name()));
      if (entry.name().equals(LakeLayout.TABLE_LOG)) {
        all.add(folder);
      } else if (entry.directory() && !isHidden(entry.name()) && !root.isLink(below)) {
        all.addAll(tablesBelow(below));
      }
    }
    return all;
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  /** None for a damaged log: the files that it names can't be read through it any more. */
  private Set<Path> of(Path table) {
    try {
      return Failures.classified(
          () ->
              tables.named(table).stream()
                  .filter(file -> !file.toUri().getPath().startsWith(table.toUri().getPath() + "/"))
                  .map(file -> new Path(root.path().toUri().resolve(file.toUri().getRawPath())))
                  .collect(Collectors.toSet()));
    } catch (RunFailedException e) {
      if (e.failure().code().equals(DamagedTables.CODE)) {
        return Set.of();
      }
      throw e;
    }
  }
}
