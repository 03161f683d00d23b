package io.penstock.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A plan as numbered steps: every node once, after those it reads, then every sink. The numbers
 * depend on the plan alone, so that two printings of one plan are equal.
 */
public record PlanGraph(List<Step> steps) {

  /** A node or a sink. */
  public record Step(
      int number, String operation, String detail, List<Integer> inputs, String site, Kind kind) {
    public Step {
      inputs = List.copyOf(inputs);
    }
  }

  /** What a step does with the lake. */
  public enum Kind {
    SOURCE,
    STEP,
    SINK
  }

  public PlanGraph {
    steps = List.copyOf(steps);
  }

  /** The graph of everything that the writes need. */
  public static PlanGraph of(List<Write> writes) {
    List<Step> steps = new ArrayList<>();
    IdentityHashMap<Node, Integer> numbers = new IdentityHashMap<>();
    for (Node node : Nodes.inOrder(writes)) {
      int number = steps.size() + 1;
      numbers.put(node, number);
      steps.add(
          new Step(
              number,
              node.operation(),
              node.accept(new NodeDetail()),
              node.inputs().stream().map(numbers::get).toList(),
              node.site().toString(),
              NodeProperties.of(node).source().isPresent() ? Kind.SOURCE : Kind.STEP));
    }
    for (Write write : writes) {
      steps.add(
          new Step(
              steps.size() + 1,
              write.operation(),
              NodeDetail.of(write.sink()),
              List.of(numbers.get(write.rows())),
              write.site().toString(),
              Kind.SINK));
    }
    return new PlanGraph(steps);
  }

  /** How many steps read this one. */
  public long readers(Step step) {
    return steps.stream().filter(reader -> reader.inputs().contains(step.number())).count();
  }
}
