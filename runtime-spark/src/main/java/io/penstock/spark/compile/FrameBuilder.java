package io.penstock.spark.compile;

import io.penstock.plan.JoinKind;
import io.penstock.plan.Node;
import io.penstock.plan.NodeExpression.Role;
import io.penstock.plan.NodeProperties;
import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.expressions.AllowedPlans;
import io.penstock.spark.expressions.Bindings;
import io.penstock.spark.expressions.Expressions;
import io.penstock.spark.expressions.SqlQueries;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.repeatability.DeterministicOrder;
import io.penstock.spark.repeatability.EqualValues;
import io.penstock.spark.repeatability.InputPlans;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Spark frames of the nodes of a plan. This analyses plans and computes no rows. Each frame is
 * built once.
 */
final class FrameBuilder {
  /** Of more nodes, a plan takes Spark minutes to analyse and gigabytes to keep. */
  private static final long TOO_LARGE = 20_000;

  private final Expressions expressions;
  private final SqlQueries queries;
  private final StepFrames steps;
  private final IdentityHashMap<Node, Dataset<Row>> frames = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Dataset<Row>> read = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Dataset<Row>> kept = new IdentityHashMap<>();
  private final AllowedPlans allowed = new AllowedPlans();
  private final IdentityHashMap<Node, List<String>> equalValues = new IdentityHashMap<>();
  private final PlanSizes sizes = new PlanSizes();

  private StandIns standIns;

  FrameBuilder(
      SparkSession session,
      Bindings bindings,
      Function<Node.Read, Dataset<Row>> sources,
      StandIns standIns) {
    this.expressions = new Expressions(session, bindings);
    this.queries = new SqlQueries(session, bindings, expressions);
    this.steps =
        new StepFrames(expressions, queries, new LargePlans(sizes), allowed, sources, this::input);
    this.standIns = standIns;
  }

  /** The frame of a node. */
  Dataset<Row> frame(Node node) {
    Dataset<Row> known = frames.get(node);
    if (known != null) {
      return known;
    }
    refuseLargePlan(node);
    Dataset<Row> built = node.accept(steps);
    // The plan of native code is left as its author built it.
    NodeProperties step = NodeProperties.of(node);
    boolean canBeOrdered = step.source().isEmpty() && step.nativeCode().isEmpty();
    Dataset<Row> ordered = canBeOrdered ? DeterministicOrder.in(built, inputPlans(node)) : built;
    Dataset<Row> guarded =
        DatetimeGuard.over(ordered, node.inputs().stream().map(this::input).toList(), node.place());
    InputPlans.mark(guarded.queryExecution().analyzed());
    frames.put(node, guarded);
    if (canBeOrdered) {
      equalValues.put(node, equalValues(node, built));
    }
    return guarded;
  }

  /** A plan is a tree: it holds the plan of a step as often as the step is read. */
  private void refuseLargePlan(Node node) {
    long size =
        node.inputs().stream()
            .mapToLong(input -> sizes.of(input(input).queryExecution().analyzed()))
            .sum();
    if (size > TOO_LARGE) {
      throw new PlanProblemException(
          "PLAN_TOO_LARGE",
          "Cannot build %s: the plans of the steps before it have %s parts, more than %s."
                  .formatted(node.place(), size, TOO_LARGE)
              + " A step that is read several times is planned for each reader, and those before"
              + " it again for each of these.",
          "write the rows of a step in the middle to a table, and read them from there.");
    }
  }

  /** The frame on which the readers of a node are built. */
  private Dataset<Row> input(Node node) {
    Dataset<Row> known = read.get(node);
    if (known == null) {
      Dataset<Row> own = frame(node);
      Optional<Dataset<Row>> standIn = standIns.of(node, own);
      standIn.ifPresent(this::declare);
      known = standIn.orElse(own);
      read.put(node, known);
    }
    return known;
  }

  private void declare(Dataset<Row> rows) {
    allowed.declare(rows);
    InputPlans.mark(rows.queryExecution().analyzed());
  }

  /** Builds all steps anew, each on the whole plans of those that it reads. */
  void buildWhole() {
    if (standIns.areUsed()) {
      frames.clear();
      frames.putAll(kept);
    }
    standIns = StandIns.none();
    read.clear();
  }

  /** Looks at the plan before ties are broken by values that the author didn't name. */
  private List<String> equalValues(Node node, Dataset<Row> built) {
    int items = NodeProperties.of(node).expressions(Role.ORDER).size();
    return EqualValues.in(
        built.queryExecution().analyzed(),
        inputPlans(node),
        items == 0 ? Integer.MAX_VALUE : items);
  }

  /** What to know of keys and orders of a step in which different values are equal. */
  List<String> equalValues(Node node) {
    return equalValues.getOrDefault(node, List.of());
  }

  /** The analysed plans of the nodes that a node reads. */
  InputPlans inputPlans(Node node) {
    return InputPlans.of(
        node,
        node.inputs().stream().map(input -> input(input).queryExecution().analyzed()).toList());
  }

  /** Whether a step's own part of its plan contains such a node. */
  boolean ownPlanContains(Node node, Predicate<LogicalPlan> wanted) {
    return holds(frame(node).queryExecution().analyzed(), inputPlans(node), wanted);
  }

  private static boolean holds(LogicalPlan plan, InputPlans inputs, Predicate<LogicalPlan> wanted) {
    return !inputs.contain(plan)
        && (wanted.test(plan)
            || CollectionConverters.asJava(plan.children()).stream()
                .anyMatch(child -> holds(child, inputs, wanted)));
  }

  /** Uses these rows in place of a step that could not be built. */
  void replace(Node node, Dataset<Row> rows) {
    frames.put(node, rows);
    read.remove(node);
  }

  /** Uses these rows as the node's, and builds all other steps anew. */
  void rebuildOn(Node node, Dataset<Row> rows) {
    declare(rows);
    kept.put(node, rows);
    frames.clear();
    read.clear();
    frames.putAll(kept);
  }

  /** How often a query reads each of its tables. */
  Map<String, Integer> readings(Node.Sql node) {
    return queries.readings(node.query());
  }

  Expressions expressions() {
    return expressions;
  }

  /** The user's functions that a native transform added to the plan; empty for other steps. */
  Set<String> userFunctions(Node node) {
    return steps.userFunctions(node);
  }

  /** The allowlist for the frames built so far. */
  AllowedPlans allowed() {
    return allowed;
  }

  /** The left rows of a join, each with whether it has a match. */
  Dataset<Row> matched(Node.Join join) {
    Node.Join without =
        new Node.Join(join.left(), join.right(), JoinKind.ANTI, join.condition(), join.site());
    return DatetimeGuard.over(
        MatchedRows.of(frame(join.left()), steps.visitJoin(without)),
        join.inputs().stream().map(this::frame).toList(),
        join.place());
  }
}
