package io.penstock.spark.compile;

import java.util.IdentityHashMap;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Counts the nodes of plans and of their subqueries, each as often as it stands in the tree. */
final class PlanSizes {
  private final IdentityHashMap<LogicalPlan, Long> sizes = new IdentityHashMap<>();

  long of(LogicalPlan plan) {
    Long known = sizes.get(plan);
    if (known == null) {
      known = 1L;
      for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
        known += of(child);
      }
      for (LogicalPlan query : CollectionConverters.asJava(plan.subqueries())) {
        known += of(query);
      }
      sizes.put(plan, known);
    }
    return known;
  }
}
