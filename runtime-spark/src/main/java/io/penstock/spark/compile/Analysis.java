package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.NodeProperty;
import io.penstock.plan.Problem;
import io.penstock.spark.expressions.AnalysisProblems;
import io.penstock.spark.expressions.Bindings;
import io.penstock.spark.expressions.ForbiddenFunction;
import io.penstock.spark.expressions.ForbiddenFunctions;
import io.penstock.spark.expressions.PlanWalk;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.source.OpenedInput;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Analyses the steps of a plan one after the other, and continues after a problem where possible: a
 * step that only filters or checks doesn't change its columns.
 */
final class Analysis {
  private final FrameBuilder frames;
  private final ProblemCollector problems;
  private final AnalysisProblems translator;
  private final ProblemLocator locator;
  private final Set<Node> broken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Node, Set<ForbiddenFunction>> forbidden = new IdentityHashMap<>();
  private final Set<LogicalPlan> seen = PlanWalk.noneSeen();

  Analysis(
      SparkSession session,
      Bindings bindings,
      Inputs inputs,
      StandIns standIns,
      ProblemCollector problems) {
    this.problems = problems;
    this.frames =
        new FrameBuilder(
            session,
            bindings,
            read -> inputs.open(read).map(OpenedInput::rows).orElseThrow(BrokenInput::new),
            standIns);
    this.translator = new AnalysisProblems(session);
    this.locator = new ProblemLocator(frames, translator);
  }

  /** A source that can't be opened, and whose problem is reported. */
  private static final class BrokenInput extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  FrameBuilder frames() {
    return frames;
  }

  /** The frame of a step; empty if the step, or one before it, has a problem. */
  Optional<Dataset<Row>> frame(Node node) {
    return broken.contains(node) ? Optional.empty() : Optional.of(frames.frame(node));
  }

  /** Excludes a node, whose problem is reported, and all nodes that read it. */
  void leaveOut(Node node) {
    broken.add(node);
  }

  /** Analyses nodes, which come after those that they read. */
  void analyse(List<Node> nodes) {
    nodes.forEach(this::analyse);
  }

  private void analyse(Node node) {
    if (broken.contains(node)) {
      return;
    }
    if (node.inputs().stream().anyMatch(broken::contains)) {
      broken.add(node);
      return;
    }
    try {
      forbidden.put(node, reportForbidden(node.place(), frames.frame(node), node.inputs()));
    } catch (BrokenInput e) {
      broken.add(node);
    } catch (Exception e) {
      if (!AnalysisProblems.isProblem(e)) {
        throw e;
      }
      problems.addAll(locator.locate(node, e));
      Optional.ofNullable(e.getCause())
          .filter(cause -> e instanceof PlanProblemException)
          .ifPresent(problems::causedBy);
      recover(node);
    }
  }

  private void recover(Node node) {
    NodeProperties step = NodeProperties.of(node);
    boolean canBeLeftOut =
        step.has(NodeProperty.KEEPS_COLUMNS)
            && step.has(NodeProperty.KEEPS_ALIASES)
            && (step.has(NodeProperty.NEVER_VARIES) || step.has(NodeProperty.SETS_ORDER));
    if (canBeLeftOut) {
      frames.replace(node, frames.frame(node.inputs().get(0)));
      forbidden.put(node, forbidden.getOrDefault(node.inputs().get(0), Set.of()));
    } else {
      broken.add(node);
    }
  }

  /**
   * Reports what a frame contains in addition to its inputs and isn't allowed.
   *
   * @return all forbidden functions in the frame
   */
  private Set<ForbiddenFunction> reportForbidden(
      String place, Dataset<Row> frame, List<Node> inputs) {
    // A plan holds those of its inputs: looking at all of it again would cost the square of steps.
    Set<ForbiddenFunction> own = ForbiddenFunctions.in(frame.queryExecution().analyzed(), seen);
    Set<ForbiddenFunction> all = new TreeSet<>(own);
    for (Node input : inputs) {
      Set<ForbiddenFunction> known = forbidden.getOrDefault(input, Set.of());
      own.removeAll(known);
      all.addAll(known);
    }
    own.forEach(function -> problems.add(function.refusal().at(place)));
    frames.allowed().refusals(frame).forEach(refusal -> problems.add(refusal.at(place)));
    return all;
  }

  /** Analyses an expectation with the rows that it checks. */
  void check(PlannedCheck check) {
    // The join whose matches are checked is analysed itself.
    if (broken.contains(check.rows()) || check.matching().isPresent()) {
      return;
    }
    Dataset<Row> rows = frames.frame(check.rows());
    try {
      rows.select(
          CheckColumns.shown(check.expectation(), rows, frames.expressions()::column)
              .toArray(org.apache.spark.sql.Column[]::new));
      CheckColumns.failing(check.expectation(), rows, frames.expressions()::column)
          .ifPresent(
              failing ->
                  reportForbidden(
                      check.place(), rows.agg(functions.count_if(failing)), List.of(check.rows())));
    } catch (Exception e) {
      if (!AnalysisProblems.isProblem(e)) {
        throw e;
      }
      Problem problem =
          translator.of(
              check.rows(),
              e,
              check.expectation().sql().or(() -> Optional.of(check.expectation().name())),
              new AnalysisProblems.Visible(List.of(rows.columns()), Aliases.qualifiedNames(rows)));
      problems.add(problem.at(check.place()));
    }
  }
}
