package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.NodeProperty;
import io.penstock.plan.Problem;
import io.penstock.spark.expressions.AnalysisProblems;
import io.penstock.spark.expressions.Bindings;
import io.penstock.spark.expressions.ForbiddenFunctions;
import io.penstock.spark.expressions.ForbiddenFunctions.Found;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.Expectation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Analyses the steps of a plan one after the other, and goes on after a problem where it can: a
 * step that only filters or checks leaves its columns as they are.
 */
final class Analysis {
  private final FrameBuilder frames;
  private final ProblemCollector problems;
  private final AnalysisProblems words;
  private final ProblemLocator locator;
  private final Set<Node> broken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Node, Set<Found>> forbidden = new IdentityHashMap<>();

  Analysis(SparkSession session, Bindings bindings, Inputs inputs, ProblemCollector problems) {
    this.problems = problems;
    this.frames =
        new FrameBuilder(
            session,
            bindings,
            read -> inputs.open(read).map(OpenedInput::rows).orElseThrow(BrokenInput::new));
    this.words = new AnalysisProblems(session);
    this.locator = new ProblemLocator(frames, words);
  }

  /** A source that can't be opened; its problem has been noted. */
  private static final class BrokenInput extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  FrameBuilder frames() {
    return frames;
  }

  /** The frame of a step, unless a problem of its own or before it keeps it from having one. */
  Optional<Dataset<Row>> frame(Node node) {
    return broken.contains(node) ? Optional.empty() : Optional.of(frames.frame(node));
  }

  /** A node that isn't analysed, nor what reads it: its problem has been noted. */
  void leaveOut(Node node) {
    broken.add(node);
  }

  /** Analyses nodes, each after those it reads. */
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
      Dataset<Row> frame = frames.frame(node);
      refuseForbiddenFunctions(node, frame);
      frames.world().refusals(frame).forEach(refusal -> problems.add(refusal.at(node)));
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

  private void refuseForbiddenFunctions(Node node, Dataset<Row> frame) {
    Set<Found> all = ForbiddenFunctions.in(frame.queryExecution().analyzed());
    forbidden.put(node, all);
    Set<Found> own = new TreeSet<>(all);
    node.inputs().forEach(input -> own.removeAll(forbidden.getOrDefault(input, Set.of())));
    for (Found function : own) {
      problems.add(
          Problem.at(node, function.dependence().code(), function.message(), function.fix()));
    }
  }

  private void refuseForbiddenFunctions(PlannedCheck check, Dataset<Row> counted) {
    Set<Found> own = new TreeSet<>(ForbiddenFunctions.in(counted.queryExecution().analyzed()));
    own.removeAll(forbidden.getOrDefault(check.rows(), Set.of()));
    for (Found function : own) {
      problems.add(
          new Problem(
              function.dependence().code(),
              Optional.of(check.place()),
              function.message(),
              function.fix()));
    }
    for (PlanProblemException refusal : frames.world().refusals(counted)) {
      problems.add(refusal.at(check.rows()).at(check.place()));
    }
  }

  /** Analyses an expectation on the rows it checks. */
  void check(PlannedCheck check) {
    if (broken.contains(check.rows())) {
      return;
    }
    Dataset<Row> rows = frames.frame(check.rows());
    try {
      rows.select(
          CheckColumns.shown(check.expectation(), rows, frames.expressions()::column)
              .toArray(org.apache.spark.sql.Column[]::new));
      CheckColumns.failing(check.expectation(), rows, frames.expressions()::column)
          .ifPresent(
              failing -> refuseForbiddenFunctions(check, rows.agg(functions.count_if(failing))));
    } catch (Exception e) {
      if (!AnalysisProblems.isProblem(e)) {
        throw e;
      }
      Problem problem =
          words.of(
              check.rows(),
              e,
              check.expectation() instanceof Expectation.Satisfies satisfies
                  ? Optional.of(satisfies.predicate())
                  : Optional.of(check.expectation().name()),
              new AnalysisProblems.Visible(List.of(rows.columns()), Aliases.qualifiedNames(rows)));
      problems.add(problem.at(check.place()));
    }
  }
}
