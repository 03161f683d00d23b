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
                      .forEach(
                          expectation -> checks.add(check(expectation, expect.place(), expect))));
    }
    for (Write write : writes) {
      for (Expectation expectation : write.sink().expectations()) {
        checks.add(check(expectation, write.place(), write.rows()));
      }
    }
    return List.copyOf(checks);
  }

  private PlannedCheck check(Expectation expectation, String place, Node rows) {
    return new PlannedCheck(
        expectation, place, rows, writtenAsIs(rows), PlannedCheck.Proof.BY_ROWS);
  }

  /** The steps that are read only to check them, once each. */
  static List<Node> readByChecks(List<PlannedCheck> checks) {
    List<Node> nodes = new ArrayList<>();
    for (PlannedCheck check : checks) {
      if (check.written().isEmpty() && nodes.stream().noneMatch(n -> n == check.rows())) {
        nodes.add(check.rows());
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
