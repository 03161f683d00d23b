package io.penstock.spark.outputs;

import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spec.FileSource;
import io.penstock.spec.LakePath;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Refuses outputs inside other outputs, and sources of files inside outputs: the maintenance of an
 * output treats every file in its folder as its own. Both the path and the real path, with all
 * links followed, are checked.
 */
public final class NestedOutputs {
  private final LakeRoot root;
  private final LakeFiles files;

  public NestedOutputs(LakeRoot root, Configuration configuration) {
    this.root = root;
    this.files = LakeFiles.of(root.path(), configuration);
  }

  /** Why a sink can't be written to a path; empty if it can. */
  public Optional<Problem> ofSink(Write write, Path target) {
    LakePath path = write.sink().path();
    return enclosing(target, Path::getParent)
        .map(
            outer ->
                Problem.at(
                    write,
                    "NESTED_OUTPUT",
                    "Cannot write to '%s': it lies in the output '%s', whose maintenance treats all files in its folder as its own."
                        .formatted(path, outer),
                    "write to a path outside of '%s', and move the files at '%s' there."
                        .formatted(outer, path)))
        .or(
            () ->
                within(target)
                    .map(
                        inner ->
                            Problem.at(
                                write,
                                "NESTED_OUTPUT",
                                "Cannot write to '%s': the output '%s' lies in it, and would be treated as a part of it."
                                    .formatted(path, inner),
                                "write to a path beside '%s'.".formatted(inner))));
  }

  /** Why files can't be read from a path; empty if they can. */
  public Optional<Problem> ofSource(Node.Read node, FileSource<?> source) {
    String path = source.path().text().split("/?\\{", 2)[0];
    return (path.isEmpty()
            ? Optional.<String>empty()
            : enclosing(root.resolve(path), Function.identity()))
        .map(
            output ->
                Problem.at(
                    node,
                    "INPUT_IN_OUTPUT",
                    "Cannot read '%s' as %s: it lies in the output '%s', whose files may be replaced or unpublished."
                        .formatted(source.path(), source.format(), output),
                    "read the table with delta(…), or let the files arrive at another path."));
  }

  /** Whether links make two paths overlap: one contains the other, or both are the same. */
  public boolean overlapByLinks(Path one, Path other) {
    return overlap(root.place(one), root.place(other)) && !overlap(one, other);
  }

  private static boolean overlap(Path one, Path other) {
    return isWithin(one, other) || isWithin(other, one);
  }

  /**
   * The lake path of an output that contains a path or its real path.
   *
   * @param innermost folder that is checked
   */
  private Optional<String> enclosing(Path target, Function<Path, Path> innermost) {
    Set<Path> candidates = new LinkedHashSet<>();
    for (Path place : List.of(target, root.place(target))) {
      Path folder = innermost.apply(place);
      Path top = isWithin(place, root.path()) ? root.path() : root.place(root.path());
      while (folder != null && isWithin(folder, top)) {
        candidates.add(folder);
        folder = folder.getParent();
      }
    }
    return candidates.stream()
        .filter(folder -> LakeOutputs.isOutput(files, folder))
        .findFirst()
        .map(this::lakePath);
  }

  /** The lake path of an output inside a folder that isn't an output itself. */
  private Optional<String> within(Path target) {
    return LakeOutputs.isOutput(files, target) ? Optional.empty() : within(target, new HashSet<>());
  }

  private Optional<String> within(Path folder, Set<Path> seen) {
    for (LakeFiles.Entry entry : files.list(folder)) {
      Path path = new Path(folder, entry.name());
      if (entry.directory() && root.holds(path) && seen.add(root.realPath(path))) {
        Optional<String> found =
            LakeOutputs.isOutput(files, path) ? Optional.of(lakePath(path)) : within(path, seen);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private String lakePath(Path folder) {
    Path top = isWithin(folder, root.path()) ? root.path() : root.place(root.path());
    String path = top.toUri().relativize(folder.toUri()).getPath();
    return path.isEmpty() ? "." : path;
  }

  private static boolean isWithin(Path inner, Path outer) {
    String outside = outer.toUri().getPath();
    String inside = inner.toUri().getPath();
    return inside.equals(outside)
        || inside.startsWith(outside.endsWith("/") ? outside : outside + "/");
  }
}
