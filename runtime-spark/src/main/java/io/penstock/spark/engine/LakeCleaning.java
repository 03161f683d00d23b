package io.penstock.spark.engine;

import io.penstock.engine.Cleaning;
import io.penstock.engine.Leftover;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.cleaning.CleanedTables;
import io.penstock.spark.cleaning.Cleaner;
import io.penstock.spark.cleaning.Findings;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.delta.TableProperties;
import io.penstock.spark.delta.UnbornTable;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.LakeOutputs;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.run.Failures;
import io.penstock.spec.LakePath;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds what can be cleaned up in a lake. */
final class LakeCleaning {
  private final LakeRoot root;
  private final Configuration configuration;
  private final DeltaTables tables;
  private final Publications publications;

  LakeCleaning(
      LakeRoot root, Configuration configuration, DeltaTables tables, Publications publications) {
    this.root = root;
    this.configuration = configuration;
    this.tables = tables;
    this.publications = publications;
  }

  /** As {@link io.penstock.engine.Lake#cleaning}. */
  Cleaning of(List<LakePath> paths, Duration age) {
    if (age.compareTo(Cleaning.LEAST_AGE) < 0) {
      throw EngineErrors.tooYoung(age);
    }
    return Failures.classified(
        () -> {
          List<String> wanted = paths.stream().map(LakePath::text).distinct().toList();
          LakeOutputs outputs = outputs(wanted);
          Cleaner cleaner =
              new Cleaner(
                  root,
                  configuration,
                  new Tables(
                      root, tables, configuration, new ForeignFiles(root, configuration, tables)),
                  publications,
                  publications.now().minus(age));
          List<Path> ofTables =
              resolved(Stream.concat(outputs.tables().stream(), outputs.unborn().stream()));
          List<Path> ofExports =
              resolved(Stream.concat(outputs.exports().stream(), outputs.unpublished().stream()));
          return new ClassifiedCleaning(
              wanted.isEmpty()
                  ? cleaner.everywhere(ofTables, ofExports)
                  : cleaner.in(ofTables, ofExports));
        });
  }

  private LakeOutputs outputs(List<String> wanted) {
    if (wanted.isEmpty()) {
      return LakeOutputs.everywhere(root, configuration);
    }
    LakeOutputs outputs = LakeOutputs.at(wanted, root, configuration);
    for (String path : wanted) {
      if (!outputs.holds(path)) {
        throw EngineErrors.nothingToClean(path, LakeOutputs.in(root, configuration).advice(path));
      }
    }
    return outputs;
  }

  private List<Path> resolved(Stream<String> lakePaths) {
    return lakePaths.map(root::resolve).toList();
  }

  /**
   * The tables as Delta knows them.
   *
   * @param elsewhere the files that any table names outside of its own folder, as clones do
   */
  private record Tables(
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

  private record ClassifiedCleaning(Findings found) implements Cleaning {
    @Override
    public List<Leftover> leftovers() {
      return found.leftovers();
    }

    @Override
    public List<Skipped> skipped() {
      return found.skipped();
    }

    @Override
    public List<UnfinishedRun> unfinished() {
      return found.unfinished().stream().<UnfinishedRun>map(JournalledRun::new).toList();
    }

    @Override
    public void remove() {
      Failures.classified(
          () -> {
            found.remove();
            return found;
          });
    }
  }
}
