package io.penstock.spark.repeatability;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;

/**
 * Recognises the plans of the steps that a step reads inside the step's own plan. A step that reads
 * another one twice contains a copy of it with new column ids.
 */
public final class InputPlans {
  /** Marks the plan of a step and its copies, but no equal plan that an author wrote. */
  private static final TreeNodeTag<Boolean> STEP = new TreeNodeTag<>("penstock.step");

  private final Set<LogicalPlan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Class<?>> copiedTypes = new HashSet<>();
  private final List<LogicalPlan> copied;

  private InputPlans(List<LogicalPlan> plans, List<LogicalPlan> copied) {
    this.copied = List.copyOf(copied);
    this.plans.addAll(plans);
    copied.forEach(plan -> copiedTypes.add(plan.getClass()));
  }

  /** The plans that a node reads. */
  public static InputPlans of(Node node, List<LogicalPlan> plans) {
    boolean readsOnce = plans.size() == 1 && NodeProperties.of(node).query().isEmpty();
    return new InputPlans(plans, readsOnce ? List.of() : plans);
  }

  /** Marks the plan of a step, before another one reads it. */
  public static void mark(LogicalPlan plan) {
    plan.setTagValue(STEP, true);
  }

  /** Whether a plan is the plan of such a step, or a copy of it. */
  public boolean contain(LogicalPlan plan) {
    if (plans.contains(plan)) {
      return true;
    }
    boolean copy =
        copiedTypes.contains(plan.getClass())
            && plan.getTagValue(STEP).isDefined()
            && copied.stream().anyMatch(input -> input.sameResult(plan));
    if (copy) {
      plans.add(plan);
    }
    return copy;
  }
}
