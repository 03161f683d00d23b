package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.NodeProperty;
import io.penstock.plan.Nodes;
import io.penstock.plan.VisibleAliases;
import io.penstock.plan.Write;
import io.penstock.spark.sink.SinkHandlers;
import io.penstock.spec.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the expectations of a pipeline, and the cheapest place to check exactly their rows. */
final class Checks {
  private final List<Write> writes;
  private final SinkHandlers handlers;

  Checks(List<Write> writes, SinkHandlers handlers) {
    this.writes = List.copyOf(writes);
    this.handlers = handlers;
  }

  /** Every expectation, in the order of the program. */
  List<PlannedCheck> planned() {
    List<PlannedCheck> checks = new ArrayList<>();
    for (Node node : Nodes.inOrder(writes)) {
      NodeProperties.of(node)
          .expect()
          .ifPresent(
              expect ->
                  expect
                      .expectations()
                      .forEach(expectation -> check(expectation, expect).ifPresent(checks::add)));
    }
    for (Write write : writes) {
      for (Expectation expectation : write.sink().expectations()) {
        if (!(expectation instanceof Expectation.AllMatched)) {
          checks.add(check(expectation, write.place(), write.rows(), Optional.of(write)));
        }
      }
    }
    return List.copyOf(checks);
  }

  /** Empty where rows are to have a match in no join, which is reported as a problem. */
  private Optional<PlannedCheck> check(Expectation expectation, Node.Expect expect) {
    return expectation instanceof Expectation.AllMatched
        ? NodeProperties.of(expect.beneathChecks())
            .join()
            .map(
                join ->
                    new PlannedCheck(
                        expectation,
                        expect.place(),
                        join.left(),
                        Optional.of(join),
                        Optional.empty(),
                        Optional.empty(),
                        PlannedCheck.Proof.BY_ROWS))
        : Optional.of(check(expectation, expect.place(), expect, Optional.empty()));
  }

  private PlannedCheck check(
      Expectation expectation, String place, Node rows, Optional<Write> stated) {
    return new PlannedCheck(
        expectation,
        place,
        rows,
        Optional.empty(),
        writtenAsIs(rows),
        stated,
        PlannedCheck.Proof.BY_ROWS);
  }

  /**
   * The steps that are read only to check them, once each; both sides of a join for its matches.
   */
  static List<Node> readByChecks(List<PlannedCheck> checks) {
    List<Node> nodes = new ArrayList<>();
    for (PlannedCheck check : checks) {
      if (check.written().isEmpty()) {
        check.matching().map(Node::inputs).orElse(List.of(check.rows())).stream()
            .filter(node -> nodes.stream().noneMatch(known -> known == node))
            .forEach(nodes::add);
      }
    }
    return List.copyOf(nodes);
  }

  /**
   * A sink that stores exactly the node's rows, if there is one. An expectation that may use an
   * alias can't be checked there, since written rows have none.
   */
  private Optional<Write> writtenAsIs(Node node) {
    if (!new VisibleAliases().of(node).isEmpty()) {
      return Optional.empty();
    }
    return writes.stream()
        .filter(
            write -> handlers.of(write.sink()).preservesValues() && sameRows(write.rows(), node))
        .findFirst();
  }

  /** Whether the upper step passes all rows of the lower one on unchanged. */
  private static boolean sameRows(Node upper, Node lower) {
    Node node = upper;
    while (node != lower) {
      if (!NodeProperties.of(node).has(NodeProperty.KEEPS_ROWS)) {
        return false;
      }
      node = node.inputs().get(0);
    }
    return true;
  }
}
