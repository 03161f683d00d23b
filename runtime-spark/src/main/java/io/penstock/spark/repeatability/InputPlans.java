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
 * The plans of the steps that a step reads, found again inside its own. A step that reads another
 * one twice holds a copy of it with columns of its own.
 */
public final class InputPlans {
  /** Copies have it, too, and nothing has that an author wrote alike. */
  private static final TreeNodeTag<Boolean> IS_OF_A_STEP = new TreeNodeTag<>("penstock.step");

  private final Set<LogicalPlan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Class<?>> kinds = new HashSet<>();
  private final List<LogicalPlan> copied;

  private InputPlans(List<LogicalPlan> plans, List<LogicalPlan> copied) {
    this.copied = List.copyOf(copied);
    this.plans.addAll(plans);
    copied.forEach(plan -> kinds.add(plan.getClass()));
  }

  /** The plans that a node reads. */
  public static InputPlans of(Node node, List<LogicalPlan> plans) {
    boolean readsOnce = plans.size() == 1 && NodeProperties.of(node).query().isEmpty();
    return new InputPlans(plans, readsOnce ? List.of() : plans);
  }

  /** Marks the plan of a step, before another one reads it. */
  public static void mark(LogicalPlan plan) {
    plan.setTagValue(IS_OF_A_STEP, true);
  }

  public boolean contain(LogicalPlan plan) {
    if (plans.contains(plan)) {
      return true;
    }
    boolean copy =
        kinds.contains(plan.getClass())
            && plan.getTagValue(IS_OF_A_STEP).isDefined()
            && copied.stream().anyMatch(input -> input.sameResult(plan));
    if (copy) {
      plans.add(plan);
    }
    return copy;
  }
}
