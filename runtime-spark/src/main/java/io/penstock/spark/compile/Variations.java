package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.repeatability.Doubt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks that running a pipeline again gives the same rows: an undetermined order is a problem,
 * unless every reader of the step allows it to vary.
 *
 * @param problems the steps that are refused
 * @param doubts the doubts that plans and results report
 */
record Variations(List<Problem> problems, List<RunPlan.Doubt> doubts) {
  Variations {
    problems = List.copyOf(problems);
    doubts = List.copyOf(doubts);
  }

  /**
   * Checks every step that the writes need.
   *
   * @param analysed whether a step has a frame; the problems of other steps are reported already
   */
  static Variations of(List<Write> writes, Predicate<Node> analysed, Repeatability repeatability) {
    List<Problem> problems = new ArrayList<>();
    List<RunPlan.Doubt> doubts = new ArrayList<>();
    Readers readers = Readers.of(writes);
    for (Node node : Nodes.inOrder(writes)) {
      if (!analysed.test(node)) {
        continue;
      }
      NodeProperties.of(node)
          .allowance()
          .filter(allowance -> relevant(repeatability.doubts(allowance.input())).isEmpty())
          .ifPresent(allowance -> problems.add(excusesNothing(allowance)));
      Optional<String> reason = readers.reason(node);
      for (Doubt doubt : relevant(repeatability.doubts(node))) {
        if (doubt.kind() == Doubt.Kind.ORDER && reason.isEmpty()) {
          problems.add(problem(node, doubt));
        }
        doubts.add(new RunPlan.Doubt(node.place(), doubt.what(), reason));
      }
    }
    return new Variations(problems, doubts);
  }

  /** The doubts that are refused or reported. */
  private static List<Doubt> relevant(List<Doubt> doubts) {
    return doubts.stream().filter(doubt -> doubt.kind() != Doubt.Kind.UNVERSIONED).toList();
  }

  private static Problem problem(Node node, Doubt doubt) {
    return Problem.at(
        node,
        "NOT_REPEATABLE",
        "Cannot promise the same rows in every run: %s.".formatted(doubt.what()),
        doubt.fix().orElseThrow()
            + "; or, where any of them will do, say so directly after this step:"
            + " .allowVariation(\"the reason\").");
  }

  /** An allowance without need is refused, because it would cover any later change of the step. */
  private static Problem excusesNothing(Node.AllowVariation allowance) {
    Node step = allowance.input();
    return Problem.at(
        allowance,
        "NOTHING_VARIES",
        "Cannot allow variation here: %s gives the same rows every time.".formatted(step.place()),
        "put allowVariation(…) directly after the step that varies, or remove it.");
  }

  /** The readers of each step, with their reasons to allow a variation. */
  private static final class Readers {
    private final IdentityHashMap<Node, List<Optional<String>>> reasons = new IdentityHashMap<>();

    static Readers of(List<Write> writes) {
      Readers readers = new Readers();
      for (Node node : Nodes.inOrder(writes)) {
        Optional<String> reason =
            NodeProperties.of(node).allowance().map(Node.AllowVariation::reason);
        node.inputs().forEach(input -> readers.add(input, reason));
      }
      writes.forEach(write -> readers.add(write.rows(), Optional.empty()));
      return readers;
    }

    private void add(Node step, Optional<String> reason) {
      reasons.computeIfAbsent(step, node -> new ArrayList<>()).add(reason);
    }

    /** Why a step may vary; empty when one of its readers doesn't allow it. */
    Optional<String> reason(Node step) {
      List<Optional<String>> given = reasons.getOrDefault(step, List.of());
      return given.stream().allMatch(Optional::isPresent)
          ? Optional.of(
              String.join("; ", given.stream().flatMap(Optional::stream).distinct().toList()))
          : Optional.empty();
    }
  }
}
