package io.penstock.spark.repeatability;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoop;
import scala.jdk.javaapi.CollectionConverters;

/** Finds out what comes of a recursion, which may have no end of its own. */
final class Recursion {
  private final Set<Long> recursive = new HashSet<>();

  private Recursion() {}

  /**
   * Whether rows come of a recursion.
   *
   * @param whole the plan that holds the definitions which the rows refer to
   */
  static boolean feeds(LogicalPlan rows, LogicalPlan whole) {
    Recursion recursion = new Recursion();
    recursion.learn(whole);
    return recursion.isIn(rows);
  }

  /** A definition stands before those that refer to it. */
  private void learn(LogicalPlan plan) {
    CollectionConverters.asJava(plan.children()).forEach(this::learn);
    if (plan instanceof CTERelationDef definition && isIn(definition.child())) {
      recursive.add(definition.id());
    }
  }

  private boolean isIn(LogicalPlan plan) {
    return plan.find(
            part ->
                part instanceof UnionLoop
                    || (part instanceof CTERelationRef reference
                        && recursive.contains(reference.cteId())))
        .isDefined();
  }
}
