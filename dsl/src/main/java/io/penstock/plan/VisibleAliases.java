package io.penstock.plan;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * The aliases by which a condition can name a node's columns, in lower case. They end where all
 * columns are made anew: at a select, an aggregate, a query, a union, a native transform.
 *
 * <p>Each node is looked at once: a long chain of joins of a step with itself would double the work
 * at every link.
 */
public final class VisibleAliases {
  private final IdentityHashMap<Node, Set<String>> known = new IdentityHashMap<>();

  /** Those of a node. */
  public Set<String> of(Node node) {
    Set<String> found = known.get(node);
    if (found == null) {
      found = Set.copyOf(find(node));
      known.put(node, found);
    }
    return found;
  }

  private Set<String> find(Node node) {
    NodeProperties step = NodeProperties.of(node);
    if (step.alias().isPresent()) {
      return Set.of(step.alias().get().toLowerCase(Locale.ROOT));
    }
    return step.join().isPresent()
        ? ofJoin(step.join().get())
        : step.has(NodeProperty.KEEPS_ALIASES) ? of(node.inputs().get(0)) : Set.of();
  }

  private Set<String> ofJoin(Node.Join join) {
    Set<String> both = new HashSet<>(of(join.left()));
    if (join.kind() != JoinKind.SEMI && join.kind() != JoinKind.ANTI) {
      both.addAll(of(join.right()));
    }
    return both;
  }
}
