package io.penstock.spark.compile;

import io.penstock.plan.JoinCondition;
import io.penstock.plan.JoinKind;
import io.penstock.plan.Node;
import io.penstock.plan.NodeExpression.Role;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.NodeVisitor;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.expressions.AllowedPlans;
import io.penstock.spark.expressions.Bindings;
import io.penstock.spark.expressions.Expressions;
import io.penstock.spark.expressions.FieldOrder;
import io.penstock.spark.expressions.SqlQueries;
import io.penstock.spark.nativecode.NativeTransforms;
import io.penstock.spark.nativecode.UserFunctions;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.repeatability.DeterministicOrder;
import io.penstock.spark.repeatability.EqualValues;
import io.penstock.spark.repeatability.InputPlans;
import io.penstock.spark.repeatability.TotalOrder;
import io.penstock.spark.sql.SqlLiterals;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Builds the Spark frame of a node from the frames of the nodes that it reads. This analyses plans
 * and computes no rows. Each frame is built once.
 */
final class FrameBuilder implements NodeVisitor<Dataset<Row>> {
  /** Of more nodes, a plan takes Spark minutes to analyse and gigabytes to keep. */
  private static final long TOO_LARGE = 20_000;

  private final Expressions expressions;
  private final SqlQueries queries;
  private final Function<Node.Read, Dataset<Row>> sources;
  private final IdentityHashMap<Node, Dataset<Row>> frames = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Dataset<Row>> read = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Dataset<Row>> kept = new IdentityHashMap<>();
  private final AllowedPlans allowed = new AllowedPlans();
  private final IdentityHashMap<Node, List<String>> equalValues = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Set<String>> userFunctions = new IdentityHashMap<>();

  private final PlanSizes sizes = new PlanSizes();
  private final LargePlans large = new LargePlans(sizes);

  private StandIns standIns;

  FrameBuilder(
      SparkSession session,
      Bindings bindings,
      Function<Node.Read, Dataset<Row>> sources,
      StandIns standIns) {
    this.expressions = new Expressions(session, bindings);
    this.queries = new SqlQueries(session, bindings, expressions);
    this.sources = sources;
    this.standIns = standIns;
  }

  /** The frame of a node. */
  Dataset<Row> frame(Node node) {
    Dataset<Row> known = frames.get(node);
    if (known != null) {
      return known;
    }
    refuseLargePlan(node);
    Dataset<Row> built = node.accept(this);
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
    return userFunctions.getOrDefault(node, Set.of());
  }

  /** The allowlist for the frames built so far. */
  AllowedPlans allowed() {
    return allowed;
  }

  @Override
  public Dataset<Row> visitRead(Node.Read node) {
    Dataset<Row> rows = sources.apply(node);
    allowed.declare(rows);
    return rows;
  }

  @Override
  public Dataset<Row> visitSelect(Node.Select node) {
    Column[] columns = array(expressions.columns(node.expressions()));
    return Aliases.removed(large.step(input(node.input()), input -> input.select(columns)));
  }

  @Override
  public Dataset<Row> visitWhere(Node.Where node) {
    Dataset<Row> input = input(node.input());
    Column condition = expressions.column(node.condition());
    VisibleColumns.requireFor(condition, input);
    return large.step(input, rows -> rows.where(condition));
  }

  @Override
  public Dataset<Row> visitWith(Node.With node) {
    Dataset<Row> input = input(node.input());
    Column value = expressions.column(node.expression());
    return Aliases.passedOn(
        input, large.step(input, rows -> rows.withColumn(node.column(), value)));
  }

  @Override
  public Dataset<Row> visitDrop(Node.Drop node) {
    Dataset<Row> input = input(node.input());
    VisibleColumns.require(input, node.columns());
    String[] columns = node.columns().toArray(String[]::new);
    return large.step(input, rows -> rows.drop(columns));
  }

  @Override
  public Dataset<Row> visitRename(Node.Rename node) {
    Dataset<Row> input = input(node.input());
    VisibleColumns.require(input, List.of(node.from()));
    return Aliases.passedOn(
        input, large.step(input, rows -> rows.withColumnRenamed(node.from(), node.to())));
  }

  @Override
  public Dataset<Row> visitAlias(Node.Alias node) {
    return input(node.input()).as(node.alias());
  }

  @Override
  public Dataset<Row> visitJoin(Node.Join node) {
    Dataset<Row> left = input(node.left());
    Dataset<Row> right = input(node.right());
    String type = sparkType(node.kind());
    if (node.condition() instanceof JoinCondition.Using using) {
      return left.join(right, CollectionConverters.asScala(using.columns()).toSeq(), type);
    }
    JoinCondition.On on = (JoinCondition.On) node.condition();
    return left.join(right, expressions.column(on.predicate()), type);
  }

  /** The left rows of a join, each with whether it has a match. */
  Dataset<Row> matched(Node.Join join) {
    Node.Join without =
        new Node.Join(join.left(), join.right(), JoinKind.ANTI, join.condition(), join.site());
    return DatetimeGuard.over(
        MatchedRows.of(frame(join.left()), visitJoin(without)),
        join.inputs().stream().map(this::frame).toList(),
        join.place());
  }

  @Override
  public Dataset<Row> visitAggregate(Node.Aggregate node) {
    List<Column> aggregates = expressions.columns(node.aggregates());
    return Aliases.removed(
        input(node.input())
            .groupBy(array(expressions.columns(node.keys())))
            .agg(aggregates.get(0), array(aggregates.subList(1, aggregates.size()))));
  }

  @Override
  public Dataset<Row> visitDistinct(Node.Distinct node) {
    return input(node.input()).distinct();
  }

  @Override
  public Dataset<Row> visitUnion(Node.Union node) {
    Dataset<Row> left = input(node.left());
    Dataset<Row> right = input(node.right());
    List<String> leftOnly = VisibleColumns.without(left, right);
    List<String> rightOnly = VisibleColumns.without(right, left);
    if (!leftOnly.isEmpty() || !rightOnly.isEmpty()) {
      throw new PlanProblemException(
          "UNION_COLUMNS",
          "Cannot union by name: only the left has %s, only the right has %s."
              .formatted(leftOnly, rightOnly),
          "select the same columns on both sides, with NULL AS name for a missing one.");
    }
    requireSameFields(left, right);
    return Aliases.removed(left.unionByName(right));
  }

  private static void requireSameFields(Dataset<Row> left, Dataset<Row> right) {
    for (StructField column : left.schema().fields()) {
      for (StructField other : right.schema().fields()) {
        if (other.name().equalsIgnoreCase(column.name())) {
          FieldOrder.mixed(column.dataType(), other.dataType())
              .ifPresent(
                  fields -> {
                    throw new PlanProblemException(
                        "UNION_COLUMNS",
                        "Cannot union '%s' by name: inside its map the left has the fields %s, the right %s."
                            .formatted(column.name(), fields.get(0), fields.get(1)),
                        "build the structs on both sides with the same fields in the same order,"
                            + " for example with transform_values.");
                  });
        }
      }
    }
  }

  @Override
  public Dataset<Row> visitLatestBy(Node.LatestBy node) {
    Dataset<Row> input = input(node.input());
    VisibleColumns.require(input, node.keys());
    List<Column> keys = new ArrayList<>();
    node.keys().forEach(key -> keys.add(functions.col(SqlLiterals.identifier(key))));
    List<Column> order = TotalOrder.reversed(input, expressions.order(node.order()));
    String position = VisibleColumns.unused(input, "_position");
    return input
        .withColumn(
            position,
            functions.row_number().over(Window.partitionBy(array(keys)).orderBy(array(order))))
        .where(functions.col(position).equalTo(1))
        .drop(position);
  }

  @Override
  public Dataset<Row> visitOrderBy(Node.OrderBy node) {
    Dataset<Row> input = input(node.input());
    List<SortOrder> order = expressions.order(node.order());
    order.forEach(item -> VisibleColumns.requireFor(ExpressionUtils.column(item.child()), input));
    return input.orderBy(array(TotalOrder.of(input, order)));
  }

  @Override
  public Dataset<Row> visitLimit(Node.Limit node) {
    return input(node.input()).limit(node.rows());
  }

  @Override
  public Dataset<Row> visitSql(Node.Sql node) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    node.tables().forEach((name, input) -> tables.put(name, input(input)));
    return Aliases.removed(queries.query(node.query(), tables));
  }

  @Override
  public Dataset<Row> visitTransform(Node.Transform node) {
    if (!(node.transform() instanceof SparkTransform transform)) {
      throw new PlanProblemException(
          "FOREIGN_TRANSFORM",
          "Cannot run transform '"
              + node.name()
              + "': it is a "
              + node.transform().getClass().getName()
              + ", made for another engine.",
          "write it as SparkTransform.of(frame -> …).");
    }
    Dataset<Row> input = input(node.input());
    Dataset<Row> rows = NativeTransforms.apply(node.name(), transform, input);
    allowed.refusals(rows).stream()
        .findFirst()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    userFunctions.put(node, UserFunctions.addedBetween(input, rows));
    return Aliases.removed(rows);
  }

  @Override
  public Dataset<Row> visitHint(Node.Hint node) {
    return Hints.apply(input(node.input()), node);
  }

  @Override
  public Dataset<Row> visitExpect(Node.Expect node) {
    return input(node.input());
  }

  @Override
  public Dataset<Row> visitAllowVariation(Node.AllowVariation node) {
    return input(node.input());
  }

  private static String sparkType(JoinKind kind) {
    return switch (kind) {
      case INNER -> "inner";
      case LEFT -> "left_outer";
      case FULL -> "full_outer";
      case SEMI -> "left_semi";
      case ANTI -> "left_anti";
    };
  }

  private static Column[] array(List<Column> columns) {
    return columns.toArray(Column[]::new);
  }
}
