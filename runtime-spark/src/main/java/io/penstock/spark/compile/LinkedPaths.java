package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.outputs.NestedOutputs;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds targets that a pipeline writes twice, or reads and replaces, through different paths that
 * symbolic links lead to the same place. Equal paths are found before.
 */
final class LinkedPaths {
  private final LakeRoots roots;
  private final NestedOutputs places;

  LinkedPaths(LakeRoots roots, Configuration configuration) {
    this.roots = roots;
    this.places = new NestedOutputs(roots.sinks(), configuration);
  }

  List<Problem> problems(List<Write> writes, List<Node.Read> reads) {
    List<Problem> problems = new ArrayList<>();
    for (int second = 0; second < writes.size(); second++) {
      Write write = writes.get(second);
      LakePath path = write.sink().path();
      for (Write first : writes.subList(0, second)) {
        LakePath other = first.sink().path();
        if (places.overlapByLinks(target(write), target(first))) {
          problems.add(
              Problem.at(
                  write,
                  "SAME_TARGET",
                  "Cannot write to '%s': through a link it leads to the place where to (%s) writes '%s', and one would overwrite the other."
                      .formatted(path, first.site(), other),
                  "write to another path, or union the rows into one sink."));
        }
      }
      for (Node.Read read : reads) {
        LakePath source = read.source().path();
        if (places.overlapByLinks(target(write), folder(source))) {
          problems.add(
              Problem.at(
                  read,
                  "READS_WHAT_IT_REPLACES",
                  "Cannot read '%s' here: through a link it leads to the place where to (%s) replaces rows, so a second run would see the output of the first."
                      .formatted(source, write.site()),
                  "write to another path."));
        }
      }
    }
    return problems;
  }

  private Path target(Write write) {
    return roots.sinks().resolve(write.sink().path().text());
  }

  /** The part of a source's folder that is the same for every unit. */
  private Path folder(LakePath source) {
    String fixed = source.text().split("/?\\{", 2)[0];
    return fixed.isEmpty() ? roots.sources().path() : roots.sources().resolve(fixed);
  }
}
