package io.penstock.engine;

import io.penstock.spec.Names;

/**
 * A check whose failure doesn't keep a run from publishing.
 *
 * @param name of the check
 * @param place that states it, {@code to (Sales.java:30)}
 * @param reason why its failure is right this time; recorded with everything that the run publishes
 */
public record AcceptedCheck(String name, String place, String reason) {
  public AcceptedCheck {
    Names.text("the reason why a check may fail", reason);
  }

  /** The name with the place, which no other check has. */
  public String qualifiedName() {
    return name + " at " + place;
  }
}
