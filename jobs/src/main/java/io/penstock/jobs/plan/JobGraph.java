package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Nodes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which jobs read what which others write, whatever the units. */
public final class JobGraph {
  private final JobRegistry jobs;
  private final Map<String, Set<String>> upstream = new TreeMap<>();

  public JobGraph(JobRegistry jobs) {
    this.jobs = jobs;
  }

  /** These pipelines and all that produce what they read, directly or through others. */
  public List<Pipeline> withUpstream(Collection<Pipeline> pipelines) {
    Set<String> names = new LinkedHashSet<>();
    pipelines.forEach(pipeline -> names.add(pipeline.name()));
    pipelines.forEach(pipeline -> names.addAll(upstreamOf(pipeline.name())));
    return names.stream().flatMap(name -> jobs.find(name).stream()).toList();
  }

  /** Whether each of the two reads, directly or through others, what the other writes. */
  boolean feedEachOther(Pipeline one, Pipeline other) {
    return upstreamOf(one.name()).contains(other.name())
        && upstreamOf(other.name()).contains(one.name());
  }

  private Set<String> upstreamOf(String name) {
    return upstream.computeIfAbsent(name, this::search);
  }

  private Set<String> search(String name) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      for (String producer : producersFor(open.remove())) {
        if (found.add(producer)) {
          open.add(producer);
        }
      }
    }
    return found;
  }

  private List<String> producersFor(String name) {
    return jobs.find(name).stream()
        .flatMap(pipeline -> Nodes.reads(pipeline.writes()).stream())
        .flatMap(read -> jobs.producersOf(read.source().path()).stream())
        .map(Pipeline::name)
        .distinct()
        .toList();
  }
}
