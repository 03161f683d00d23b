package io.penstock.spark.outputs;

import io.penstock.plan.Suggestions;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The Delta tables and the exports of a lake.
 *
 * @param tables their lake paths, in alphabetical order
 * @param exports likewise
 * @param unpublished the exports for which something was written, and nothing ever published
 * @param unborn the tables for which something was written, and which nothing ever made
 */
public record LakeOutputs(
    List<String> tables, List<String> exports, List<String> unpublished, List<String> unborn) {
  /** Deep enough for a proposal, and shallow enough to list quickly. */
  private static final int DEPTH = 4;

  /** Names of which every output of Penstock, even an unfinished one, contains at least one. */
  private static final List<String> MARKERS =
      List.of(
          LakeLayout.TABLE_LOG,
          LakeLayout.FIRST_RUN,
          LakeLayout.EXPORT_PUBLISHED,
          LakeLayout.EXPORT_VERSIONS);

  /** The logs of outputs that Penstock doesn't write: of Spark's streams, of Hudi. */
  private static final List<String> FOREIGN_LOGS = List.of("_spark_metadata", ".hoodie");

  public LakeOutputs {
    tables = List.copyOf(tables);
    exports = List.copyOf(exports);
    unpublished = List.copyOf(unpublished);
    unborn = List.copyOf(unborn);
  }

  /** Whether only an output contains a file or folder of this name, whoever writes the output. */
  public static boolean isMarker(String name) {
    return MARKERS.contains(name) || FOREIGN_LOGS.contains(name);
  }

  /** Whether a folder is an output, whoever writes it. */
  public static boolean isOutput(LakeFiles files, Path folder) {
    return files.list(folder).stream().map(LakeFiles.Entry::name).anyMatch(LakeOutputs::isMarker);
  }

  /** The outputs near the root, for suggestions in messages. Opens no table. */
  public static LakeOutputs in(LakeRoot root, Configuration configuration) {
    return found(root, configuration, search -> search.collect(root.path(), "", DEPTH));
  }

  /** All of them, however deep they lie. Opens no table. */
  public static LakeOutputs everywhere(LakeRoot root, Configuration configuration) {
    return found(root, configuration, search -> search.collect(root.path(), "", Integer.MAX_VALUE));
  }

  /** Those that lie at some paths. Opens no table. */
  public static LakeOutputs at(List<String> paths, LakeRoot root, Configuration configuration) {
    return found(
        root,
        configuration,
        search -> paths.forEach(path -> search.collect(root.resolve(path), path, 0)));
  }

  private static LakeOutputs found(
      LakeRoot root, Configuration configuration, Consumer<Search> looking) {
    Search search = new Search(root, LakeFiles.of(root.path(), configuration));
    looking.accept(search);
    return new LakeOutputs(search.tables, search.exports, search.unpublished, search.unborn);
  }

  /** Whether one of them lies at a path. */
  public boolean holds(String path) {
    return tables.contains(path)
        || exports.contains(path)
        || unpublished.contains(path)
        || unborn.contains(path);
  }

  /** How to go on without a table, which no job can do without. */
  public String adviceForTable(String path) {
    return tables.isEmpty()
        ? "this lake has no tables yet, and 'penstock list' shows which job writes which. If it"
            + " should have some, name another with --lake."
        : "or " + Suggestions.sentence(path, "Tables", tables);
  }

  /** How to go on with a path at which there is nothing to look at. */
  public String advice(String path) {
    List<String> outputs = Stream.concat(tables.stream(), exports.stream()).sorted().toList();
    return outputs.isEmpty()
        ? "this lake has no tables and no exports yet: run a job first, of those that 'penstock"
            + " list' shows; or name another lake with --lake."
        : Suggestions.sentence(path, "Tables and exports", outputs);
  }

  /** How to go on with a path at which there is no export. */
  public String adviceForExport(String path) {
    return exports.isEmpty()
        ? "this lake has no exports yet: run a job first, of those that 'penstock list' shows; or"
            + " name another lake with --lake."
        : Suggestions.sentence(path, "Exports", exports);
  }

  private static final class Search {
    private final LakeRoot root;
    private final LakeFiles files;
    private final List<String> tables = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private final List<String> unpublished = new ArrayList<>();
    private final List<String> unborn = new ArrayList<>();

    Search(LakeRoot root, LakeFiles files) {
      this.root = root;
      this.files = files;
    }

    private void collect(Path folder, String lakePath, int depth) {
      List<LakeFiles.Entry> entries = files.list(folder);
      List<String> folders =
          entries.stream().filter(LakeFiles.Entry::directory).map(LakeFiles.Entry::name).toList();
      if (folders.contains(LakeLayout.TABLE_LOG)) {
        tables.add(lakePath);
      } else if (folders.contains(LakeLayout.EXPORT_PUBLISHED)) {
        exports.add(lakePath);
      } else if (folders.contains(LakeLayout.EXPORT_VERSIONS)) {
        unpublished.add(lakePath);
      } else if (entries.stream()
          .map(LakeFiles.Entry::name)
          .anyMatch(LakeLayout.FIRST_RUN::equals)) {
        unborn.add(lakePath);
      } else if (depth > 0) {
        folders.stream()
            .filter(name -> !name.equals(LakeLayout.STATE) && name.indexOf('=') < 0)
            .filter(LakePath::leadsThrough)
            // It leads out of the lake, or to what is found at its own place.
            .filter(name -> !root.isLink(new Path(folder, name)))
            .forEach(
                name ->
                    collect(
                        new Path(folder, name),
                        lakePath.isEmpty() ? name : lakePath + "/" + name,
                        depth - 1));
      }
    }
  }
}
