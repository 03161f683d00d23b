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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Keeps outputs out of each other, and files out of outputs: whoever maintains one takes all in its
 * folder for its own. A place counts by where it really lies, every link followed, and by its path.
 */
public final class OutputPlaces {
  private final LakeRoot root;
  private final LakeFiles files;

  public OutputPlaces(LakeRoot root, Configuration configuration) {
    this.root = root;
    this.files = LakeFiles.of(root.path(), configuration);
  }

  /** What is wrong with the place of a sink, if anything is. */
  public Optional<Problem> ofSink(Write write, Path target) {
    LakePath path = write.sink().path();
    return around(target, false)
        .map(
            outer ->
                Problem.at(
                    write,
                    "NESTED_OUTPUT",
                    "Cannot write to '%s': it lies in the output '%s', whose maintenance takes what is in its folder for its own."
                        .formatted(path, outer),
                    "write to a path outside of '%s', and move there what lies at '%s' already."
                        .formatted(outer, path)))
        .or(
            () ->
                within(target)
                    .map(
                        inner ->
                            Problem.at(
                                write,
                                "NESTED_OUTPUT",
                                "Cannot write to '%s': the output '%s' lies in it, and would be taken for a part of it."
                                    .formatted(path, inner),
                                "write to a path beside '%s'.".formatted(inner))));
  }

  /** What is wrong with reading files where they lie, if anything is. */
  public Optional<Problem> ofSource(Node.Read node, FileSource source) {
    String path = source.path().text().split("/?\\{", 2)[0];
    return (path.isEmpty() ? Optional.<String>empty() : around(root.resolve(path), true))
        .map(
            output ->
                Problem.at(
                    node,
                    "INPUT_IN_OUTPUT",
                    "Cannot read '%s' as %s: it lies in the output '%s', whose files may be replaced, or never have been published."
                        .formatted(source.path(), source.format(), output),
                    "read the table by delta(…), or let the files arrive at another path."));
  }

  /** Whether one of two paths lies in the other, or both are the same, by links alone. */
  public boolean meetByLinks(Path one, Path other) {
    return meet(root.place(one), root.place(other)) && !meet(one, other);
  }

  private static boolean meet(Path one, Path other) {
    return isWithin(one, other) || isWithin(other, one);
  }

  /** The lake path of an output in which a place lies, as it is written or really. */
  private Optional<String> around(Path target, boolean orThere) {
    Set<Path> candidates = new LinkedHashSet<>();
    for (Path place : List.of(target, root.place(target))) {
      Path folder = orThere ? place : place.getParent();
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

  /** The lake path of an output that lies in a place which is none itself. */
  private Optional<String> within(Path target) {
    return LakeOutputs.isOutput(files, target) ? Optional.empty() : within(target, new HashSet<>());
  }

  private Optional<String> within(Path folder, Set<Path> seen) {
    for (LakeFiles.Entry entry : files.list(folder)) {
      Path path = new Path(folder, entry.name());
      if (entry.directory() && root.holds(path) && seen.add(root.followed(path))) {
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
