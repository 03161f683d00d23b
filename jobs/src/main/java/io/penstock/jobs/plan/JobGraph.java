package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.plan.Nodes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which jobs read what which others write, whatever the units. */
public final class JobGraph {
  private final JobRegistry jobs;
  private final Map<String, List<String>> producers = new HashMap<>();
  private final Circles circles;

  public JobGraph(JobRegistry jobs) {
    this.jobs = jobs;
    this.circles = new Circles(jobs.names(), this::producersFor);
  }

  /** These pipelines and all that produce what they read, directly or through others. */
  public List<Pipeline> withUpstream(Collection<Pipeline> pipelines) {
    Set<String> names = new LinkedHashSet<>();
    pipelines.forEach(pipeline -> names.add(pipeline.name()));
    Set<String> followed = new LinkedHashSet<>();
    for (Pipeline pipeline : pipelines) {
      addUpstream(pipeline.name(), followed);
    }
    names.addAll(followed);
    return names.stream().flatMap(name -> jobs.find(name).stream()).toList();
  }

  /** Whether each of the two reads, directly or through others, what the other writes. */
  boolean feedEachOther(Pipeline one, Pipeline other) {
    return circles.hold(one.name(), other.name());
  }

  private void addUpstream(String name, Set<String> found) {
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      for (String producer : producersFor(open.remove())) {
        if (found.add(producer)) {
          open.add(producer);
        }
      }
    }
  }

  private List<String> producersFor(String name) {
    List<String> known = producers.get(name);
    if (known == null) {
      known =
          jobs.find(name).stream()
              .flatMap(pipeline -> Nodes.reads(pipeline.writes()).stream())
              .flatMap(read -> jobs.producersOf(read.source().path()).stream())
              .map(Pipeline::name)
              .distinct()
              .toList();
      producers.put(name, known);
    }
    return known;
  }
}
