package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunPlan.Evaluation;
import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.NodeProperty;
import io.penstock.plan.Nodes;
import io.penstock.plan.Write;
import io.penstock.spark.repeatability.Doubt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which steps with several readers are materialized, so that they are computed only once.
 *
 * <p>A step that isn't proved repeatable is always materialized, so that all its readers see the
 * same rows. A repeatable step is materialized where that is cheaper: repeating a scan with filters
 * costs less than storing its rows (measured: four sinks over one scan took 7.6 s with caching, 5.6
 * s without), while a join or an aggregate is worth storing.
 */
final class Sharing {
  /** The decision on a step with several readers. */
  record Decision(Node node, Evaluation evaluation, String reason) {
    RunPlan.Shared describe() {
      return new RunPlan.Shared(node.place(), evaluation, reason);
    }
  }

  private final Repeatability repeatability;
  private final IdentityHashMap<Node, Integer> readers = new IdentityHashMap<>();
  private final Set<Node> ordered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> kept = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Node, Boolean> narrow = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Optional<String>> doubts = new IdentityHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();

  private Sharing(Repeatability repeatability) {
    this.repeatability = repeatability;
  }

  /**
   * The decisions, each after those on the steps that it reads.
   *
   * @param checked the steps that are read only to check them
   */
  static List<Decision> decide(
      List<Write> writes, List<Node> checked, FrameBuilder frames, Repeatability repeatability) {
    Sharing sharing = new Sharing(repeatability);
    List<Node> nodes = Nodes.inOrder(writes);
    nodes.forEach(node -> sharing.readBy(node, frames));
    writes.forEach(write -> sharing.reads(write.rows()));
    checked.forEach(sharing::reads);
    sharing.leaveOrderToReaders(nodes);
    nodes.forEach(sharing::decide);
    return List.copyOf(sharing.decisions);
  }

  /** Counts the readers of a step's inputs: a query may read the same rows several times. */
  private void readBy(Node node, FrameBuilder frames) {
    Optional<Node.Sql> query = NodeProperties.of(node).query();
    if (query.isEmpty()) {
      node.inputs().forEach(this::reads);
      return;
    }
    Map<String, Integer> readings = frames.readings(query.get());
    query
        .get()
        .tables()
        .forEach(
            (name, input) -> readers.merge(input, readings.getOrDefault(name, 1), Integer::sum));
  }

  private void reads(Node node) {
    readers.merge(node, 1, Integer::sum);
  }

  /**
   * Leaves sorting to the readers: materialized rows have no order that a limit or an export could
   * rely on, so the step below a sort is materialized instead.
   */
  private void leaveOrderToReaders(List<Node> nodes) {
    for (Node node : nodes) {
      if (isOrdered(node)) {
        ordered.add(node);
      }
    }
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      int count = readers.getOrDefault(node, 0);
      if (count > 1 && ordered.contains(node)) {
        readers.merge(node.inputs().get(0), count - 1, Integer::sum);
      }
    }
  }

  /** Whether the node's rows come in an order that the user asked for. */
  private boolean isOrdered(Node node) {
    NodeProperties step = NodeProperties.of(node);
    if (step.has(NodeProperty.SETS_ORDER)) {
      return true;
    }
    // A step in doubt has to be materialized, and one with a shuffle is worth it.
    return step.has(NodeProperty.KEEPS_ORDER)
        && !step.has(NodeProperty.MOVES_ROWS)
        && ordered.contains(node.inputs().get(0))
        && repeatability.doubt(node).isEmpty()
        && !repeatability.computesWindows(node);
  }

  private void decide(Node node) {
    Optional<String> doubt =
        repeatability
            .doubt(node)
            .map(Doubt::what)
            .or(
                () ->
                    node.inputs().stream()
                        .filter(input -> !kept.contains(input))
                        .flatMap(input -> doubts.get(input).stream())
                        .findFirst());
    doubts.put(node, doubt);
    int count = readers.getOrDefault(node, 0);
    boolean versioned = NodeProperties.of(node).source().isPresent() && doubt.isEmpty();
    if (count < 2 || versioned) {
      return;
    }
    if (ordered.contains(node)) {
      decisions.add(
          new Decision(
              node,
              Evaluation.FOR_EACH_READER,
              "%s readers, but kept rows have no order: sorted for each".formatted(count)));
    } else if (doubt.isPresent()) {
      keep(node, "%s readers, and %s".formatted(count, doubt.get()));
    } else if (isNarrow(node)) {
      decisions.add(
          new Decision(
              node,
              Evaluation.FOR_EACH_READER,
              "%s readers, but it only scans and filters: cheaper to repeat than to keep"
                  .formatted(count)));
    } else {
      keep(node, "%s readers, and it joins or groups".formatted(count));
    }
  }

  private void keep(Node node, String reason) {
    kept.add(node);
    decisions.add(new Decision(node, Evaluation.ONCE, reason));
  }

  /** Whether the node's rows come from a source, or from materialized rows, without a shuffle. */
  private boolean isNarrow(Node node) {
    Boolean known = narrow.get(node);
    if (known == null) {
      known = findNarrow(node);
      narrow.put(node, known);
    }
    return known;
  }

  /** What it reads is decided on already. */
  private boolean findNarrow(Node node) {
    boolean moves =
        NodeProperties.of(node).has(NodeProperty.MOVES_ROWS) || repeatability.computesWindows(node);
    return !moves
        && node.inputs().stream().allMatch(input -> kept.contains(input) || isNarrow(input));
  }
}
