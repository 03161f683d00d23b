package io.penstock.spark.engine;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.compile.LakeOutputs;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.run.Failures;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files that tables of a lake name outside of their own folders, as a shallow clone does. To
 * know them takes the log of every table, so it is read when it is first asked for.
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

  Set<Path> get() {
    if (found.isEmpty()) {
      Set<Path> files = new HashSet<>();
      for (String table : LakeOutputs.everywhere(root, configuration).tables()) {
        files.addAll(of(root.resolve(table)));
      }
      found = Optional.of(files);
    }
    return found.get();
  }

  /** A table that can't be read holds nothing that could still be lost. */
  private Set<Path> of(Path table) {
    try {
      return Failures.classified(
          () ->
              tables.named(table).stream()
                  .filter(file -> !file.toUri().getPath().startsWith(table.toUri().getPath() + "/"))
                  .map(file -> new Path(root.path().toUri().resolve(file.toUri().getRawPath())))
                  .collect(Collectors.toSet()));
    } catch (RunFailedException e) {
      return Set.of();
    }
  }
}
