package io.penstock.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Walks over the nodes of a plan. */
public final class Nodes {
  private Nodes() {}

  /** Every node that the writes need, once, each after the nodes it reads. */
  public static List<Node> inOrder(List<Write> writes) {
    return from(writes.stream().map(Write::rows).toList());
  }

  /** Every node that these need, themselves included, once, each after the nodes it reads. */
  public static List<Node> from(List<Node> roots) {
    List<Node> ordered = new ArrayList<>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    roots.forEach(root -> visit(root, seen, ordered));
    return List.copyOf(ordered);
  }

  /** Every source that the writes read, in order. */
  public static List<Node.Read> reads(List<Write> writes) {
    return inOrder(writes).stream()
        .flatMap(node -> NodeProperties.of(node).source().stream())
        .toList();
  }

  private static void visit(Node node, Set<Node> seen, List<Node> ordered) {
    if (seen.add(node)) {
      node.inputs().forEach(input -> visit(input, seen, ordered));
      ordered.add(node);
    }
  }
}
