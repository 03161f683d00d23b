package io.penstock.jobs.registry;

import io.penstock.dsl.Pipeline;
import io.penstock.spec.LakePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pipelines by the paths that they write, as a tree of the paths' segments: looking one up takes as
 * long as the path is, and not as many jobs as there are.
 */
final class Producers {
  private final Folder root = new Folder();

  Producers(Collection<Pipeline> pipelines) {
    for (Pipeline pipeline : pipelines) {
      pipeline.writes().forEach(write -> root.at(segments(write.sink().path())).add(pipeline));
    }
  }

  /** Those that write to a place that {@linkplain LakePath#overlaps overlaps} a path, by name. */
  List<Pipeline> of(LakePath path) {
    Map<String, Pipeline> found = new TreeMap<>();
    root.collect(segments(path), found);
    return List.copyOf(found.values());
  }

  private static List<String> segments(LakePath path) {
    return List.of(path.text().split("/", -1));
  }

  /** A folder of the lake, with those that write there and below. */
  private static final class Folder {
    /** By name: pipelines hold graphs, whose comparison would visit shared steps repeatedly. */
    private final Map<String, Pipeline> writers = new HashMap<>();

    private final Map<String, Folder> below = new HashMap<>();
    private final Map<String, Folder> belowPlaceholders = new HashMap<>();

    void add(Pipeline pipeline) {
      writers.put(pipeline.name(), pipeline);
    }

    Folder at(List<String> path) {
      if (path.isEmpty()) {
        return this;
      }
      String name = path.get(0);
      return (isPlaceholder(name) ? belowPlaceholders : below)
          .computeIfAbsent(name, made -> new Folder())
          .at(rest(path));
    }

    void collect(List<String> path, Map<String, Pipeline> found) {
      found.putAll(writers);
      belowPlaceholders.values().forEach(folder -> folder.collect(rest(path), found));
      if (path.isEmpty() || isPlaceholder(path.get(0))) {
        below.values().forEach(folder -> folder.collect(rest(path), found));
      } else if (below.containsKey(path.get(0))) {
        below.get(path.get(0)).collect(rest(path), found);
      }
    }

    /** Below the end of a path everything counts. */
    private static List<String> rest(List<String> path) {
      return path.isEmpty() ? path : path.subList(1, path.size());
    }

    private static boolean isPlaceholder(String segment) {
      return segment.contains("{");
    }
  }
}
