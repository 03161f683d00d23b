package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.spark.repeatability.Doubt;
import io.penstock.spark.repeatability.PlanDoubts;
import io.penstock.spark.source.OpenedInput;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Decides for each step whether computing it twice gives the same rows. Steps that don't are
 * refused, or reported in plans and results, and are computed only once for all their readers.
 *
 * <p>A Delta table is read at one version. Files are pinned by their listing: a run fails if one is
 * rewritten between two reads.
 */
final class Repeatability {
  private final FrameBuilder frames;
  private final Inputs inputs;
  private final IdentityHashMap<Node, List<Doubt>> known = new IdentityHashMap<>();

  Repeatability(FrameBuilder frames, Inputs inputs) {
    this.frames = frames;
    this.inputs = inputs;
  }

  /** Why the step itself may yield other rows for the same input. */
  List<Doubt> doubts(Node node) {
    List<Doubt> doubts = known.get(node);
    if (doubts == null) {
      doubts = find(node);
      known.put(node, doubts);
    }
    return doubts;
  }

  /** The first doubt; empty when the step is proved to be repeatable. */
  Optional<Doubt> doubt(Node node) {
    return doubts(node).stream().findFirst();
  }

  /** Whether the step computes window functions, which shuffle and sort its rows. */
  boolean computesWindows(Node node) {
    return NodeProperties.of(node).source().isEmpty()
        && frames.ownPlanContains(node, plan -> plan instanceof Window);
  }

  private List<Doubt> find(Node node) {
    NodeProperties step = NodeProperties.of(node);
    if (step.source().isPresent()) {
      return inputs.open(step.source().get()).flatMap(OpenedInput::doubt).stream()
          .map(doubt -> Doubt.noted(Doubt.Kind.UNVERSIONED, doubt))
          .toList();
    }
    if (step.nativeCode().isPresent()) {
      return nativeCode(step.nativeCode().get());
    }
    LogicalPlan plan = frames.frame(node).queryExecution().analyzed();
    return PlanDoubts.of(plan, frames.inputPlans(node));
  }

  /** The transform itself, and the user's functions in it. */
  private List<Doubt> nativeCode(Node.Transform transform) {
    List<Doubt> doubts = new ArrayList<>();
    doubts.add(
        Doubt.noted(Doubt.Kind.NATIVE_CODE, "transform '" + transform.name() + "' is native code"));
    for (String function : frames.userFunctions(transform)) {
      doubts.add(
          Doubt.noted(Doubt.Kind.NATIVE_CODE, function + " is native code, which is not checked"));
    }
    return doubts;
  }
}
