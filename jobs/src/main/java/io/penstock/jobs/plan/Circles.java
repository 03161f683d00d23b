package io.penstock.jobs.plan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The circles of jobs that feed each other: the strongly connected components of their graph, which
 * Tarjan's algorithm finds in one walk over its edges.
 */
final class Circles {
  private final Function<String, List<String>> producers;
  private final Map<String, Integer> found = new HashMap<>();
  private final Map<String, Integer> earliest = new HashMap<>();
  private final Map<String, Integer> circles = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * The circles among some jobs and all that they need.
   *
   * @param producers the jobs that write what a job reads
   */
  Circles(Collection<String> jobs, Function<String, List<String>> producers) {
    this.producers = producers;
    jobs.forEach(this::visit);
  }

  /** Whether each of the two reads, directly or through others, what the other writes. */
  boolean hold(String one, String other) {
    return one.equals(other)
        ? readsItself(one)
        : circles.get(one) != null && circles.get(one).equals(circles.get(other));
  }

  private boolean readsItself(String job) {
    return producers.apply(job).stream()
        .anyMatch(
            producer -> producer.equals(job) || circles.get(producer).equals(circles.get(job)));
  }

  private void visit(String job) {
    if (found.containsKey(job)) {
      return;
    }
    int number = found.size();
    found.put(job, number);
    earliest.put(job, number);
    open.push(job);
    for (String producer : producers.apply(job)) {
      visit(producer);
      if (!circles.containsKey(producer)) {
        earliest.merge(job, earliest.get(producer), Math::min);
      }
    }
    if (earliest.get(job) == number) {
      String closed;
      do {
        closed = open.pop();
        circles.put(closed, number);
      } while (!closed.equals(job));
    }
  }
}
