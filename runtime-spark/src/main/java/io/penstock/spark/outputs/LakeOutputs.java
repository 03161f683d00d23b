package io.penstock.spark.outputs;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The outputs of a lake, by their lake paths in alphabetical order.
 *
 * @param published by kind
 * @param begun those for which something was written, and nothing was ever published
 */
public record LakeOutputs(
    Map<OutputKind, List<String>> published, Map<OutputKind, List<String>> begun) {
  /** Deep enough for suggestions, and shallow enough to list quickly. */
  private static final int SUGGESTION_DEPTH = 4;

  /** Names of which every output of Penstock, even an unfinished one, contains at least one. */
  private static final List<String> MARKERS =
      Stream.of(OutputKind.values()).flatMap(kind -> kind.markers().stream()).toList();

  /** The logs of outputs that Penstock doesn't write: of Spark's streams, of Hudi. */
  private static final List<String> FOREIGN_LOGS = List.of("_spark_metadata", ".hoodie");

  /** Whether only an output contains a file or folder of this name, whoever writes the output. */
  public static boolean isMarker(String name) {
    return MARKERS.contains(name) || FOREIGN_LOGS.contains(name);
  }

  /** Whether a folder is an output, whoever writes it. */
  public static boolean isOutput(LakeFiles files, Path folder) {
    // Asked one by one: a folder that may be entered but not listed is no obstacle.
    return Stream.concat(MARKERS.stream(), FOREIGN_LOGS.stream())
        .anyMatch(name -> files.exists(new Path(folder, name)));
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
    return new LakeOutputs(search.published, search.begun);
  }

  /** The outputs of a kind, the begun ones behind those that are published. */
  public List<String> of(OutputKind kind) {
    return Stream.of(published, begun).flatMap(paths -> paths.get(kind).stream()).toList();
  }

  /** Whether one of the outputs is at a path. */
  public boolean holds(String path) {
    return Stream.of(OutputKind.values()).anyMatch(kind -> of(kind).contains(path));
  }

  private static final class Search {
    private final LakeRoot root;
    private final LakeFiles files;
    private final Map<OutputKind, List<String>> published = byKind();
    private final Map<OutputKind, List<String>> begun = byKind();

    Search(LakeRoot root, LakeFiles files) {
      this.root = root;
      this.files = files;
    }

    private static Map<OutputKind, List<String>> byKind() {
      Map<OutputKind, List<String>> paths = new EnumMap<>(OutputKind.class);
      Stream.of(OutputKind.values()).forEach(kind -> paths.put(kind, new ArrayList<>()));
      return paths;
    }

    private void collect(Path folder, String lakePath, int depth) {
      List<LakeFiles.Entry> entries = files.list(folder);
      Set<String> folders = names(entries.stream().filter(LakeFiles.Entry::directory));
      Optional<OutputKind> output = OutputKind.published(folders);
      Optional<OutputKind> unpublished = OutputKind.begun(folders, names(entries.stream()));
      if (output.isPresent()) {
        published.get(output.get()).add(lakePath);
      } else if (unpublished.isPresent()) {
        begun.get(unpublished.get()).add(lakePath);
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

    private static Set<String> names(Stream<LakeFiles.Entry> entries) {
      return entries
          .map(LakeFiles.Entry::name)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }
}
