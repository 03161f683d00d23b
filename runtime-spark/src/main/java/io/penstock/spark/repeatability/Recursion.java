package io.penstock.spark.repeatability;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoop;
import scala.jdk.javaapi.CollectionConverters;

/** Finds rows that come from a recursive query, which may not end by itself. */
final class Recursion {
  private final Set<Long> recursive = new HashSet<>();

  private Recursion() {}

  /**
   * Whether rows come from a recursive query.
   *
   * @param whole the plan with the definitions that the rows refer to
   */
  static boolean feeds(LogicalPlan rows, LogicalPlan whole) {
    Recursion recursion = new Recursion();
    recursion.collect(whole);
    return recursion.isIn(rows);
  }

  /** Collects the recursive definitions; each comes before those that refer to it. */
  private void collect(LogicalPlan plan) {
    CollectionConverters.asJava(plan.children()).forEach(this::collect);
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
