package io.penstock.plan;

import io.penstock.spec.Expectation;
import java.util.ArrayList;
import java.util.List;

/**
 * An expectation and the line that states it.
 *
 * @param place {@code expect (ChannelReport.java:35)}
 * @param step of the plan or write that it is stated on
 */
public record StatedCheck(Expectation expectation, String place, Object step) {
  /** Those of steps and of sinks, in the order of the program. */
  public static List<StatedCheck> of(List<Write> writes) {
    List<StatedCheck> checks = new ArrayList<>();
    for (Node node : Nodes.inOrder(writes)) {
      NodeProperties.of(node)
          .expect()
          .ifPresent(
              expect ->
                  expect
                      .expectations()
                      .forEach(each -> checks.add(new StatedCheck(each, expect.place(), expect))));
    }
    for (Write write : writes) {
      write
          .sink()
          .expectations()
          .forEach(each -> checks.add(new StatedCheck(each, write.place(), write)));
    }
    return List.copyOf(checks);
  }

  /** The check's name with its place, for where several have its name. */
  public String qualifiedName() {
    return expectation.name() + " at " + place;
  }

  /** Whether a text names it, with its place or without. */
  public boolean isNamed(String text) {
    return text.equals(expectation.name()) || text.equals(qualifiedName());
  }
}
