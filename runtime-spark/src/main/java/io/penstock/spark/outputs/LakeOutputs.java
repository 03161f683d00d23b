package io.penstock.spark.outputs;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The lake paths of the Delta tables and exports of a lake, in alphabetical order.
 *
 * @param unpublishedExports for which versions were written, and none was ever published
 * @param uncreatedTables for which files were written, and which were never created
 */
public record LakeOutputs(
    List<String> tables,
    List<String> exports,
    List<String> unpublishedExports,
    List<String> uncreatedTables) {
  /** Deep enough for suggestions, and shallow enough to list quickly. */
  private static final int SUGGESTION_DEPTH = 4;

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
    unpublishedExports = List.copyOf(unpublishedExports);
    uncreatedTables = List.copyOf(uncreatedTables);
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
  static LakeOutputs nearRoot(LakeRoot root, Configuration configuration) {
    return found(root, configuration, search -> search.collect(root.path(), "", SUGGESTION_DEPTH));
  }

  /** All outputs, at any depth. Opens no table. */
  public static LakeOutputs everywhere(LakeRoot root, Configuration configuration) {
    return found(root, configuration, search -> search.collect(root.path(), "", Integer.MAX_VALUE));
  }

  /** The outputs at these paths. Opens no table. */
  public static LakeOutputs at(List<String> paths, LakeRoot root, Configuration configuration) {
    return found(
        root,
        configuration,
        search -> paths.forEach(path -> search.collect(root.resolve(path), path, 0)));
  }

  private static LakeOutputs found(
      LakeRoot root, Configuration configuration, Consumer<Search> collect) {
    Search search = new Search(root, LakeFiles.of(root.path(), configuration));
    collect.accept(search);
    return new LakeOutputs(
        search.tables, search.exports, search.unpublishedExports, search.uncreatedTables);
  }

  /** Whether one of the outputs is at a path. */
  public boolean holds(String path) {
    return tables.contains(path)
        || exports.contains(path)
        || unpublishedExports.contains(path)
        || uncreatedTables.contains(path);
  }

  private static final class Search {
    private final LakeRoot root;
    private final LakeFiles files;
    private final List<String> tables = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private final List<String> unpublishedExports = new ArrayList<>();
    private final List<String> uncreatedTables = new ArrayList<>();

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
        unpublishedExports.add(lakePath);
      } else if (entries.stream()
          .map(LakeFiles.Entry::name)
          .anyMatch(LakeLayout.FIRST_RUN::equals)) {
        uncreatedTables.add(lakePath);
      } else if (depth > 0) {
        folders.stream()
            .filter(name -> !name.equals(LakeLayout.STATE) && name.indexOf('=') < 0)
            .filter(LakePath::leadsThrough)
            // A link leads out of the lake, or to an output that is found at its real path.
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
