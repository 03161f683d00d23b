package io.penstock.spark.compile;

import io.penstock.plan.JoinCondition;
import io.penstock.plan.JoinKind;
import io.penstock.plan.Node;
import io.penstock.plan.NodeVisitor;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.expressions.AllowedPlans;
import io.penstock.spark.expressions.Expressions;
import io.penstock.spark.expressions.FieldOrder;
import io.penstock.spark.expressions.SqlQueries;
import io.penstock.spark.nativecode.NativeTransforms;
import io.penstock.spark.nativecode.UserFunctions;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.repeatability.TotalOrder;
import io.penstock.spark.sql.SqlLiterals;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Spark frame of each kind of node, on the frames of the nodes that it reads: the step as its
 * author wrote it.
 */
final class StepFrames implements NodeVisitor<Dataset<Row>> {
  private final Expressions expressions;
  private final SqlQueries queries;
  private final LargePlans large;
  private final AllowedPlans allowed;
  private final Function<Node.Read, Dataset<Row>> sources;
  private final Function<Node, Dataset<Row>> inputs;
  private final IdentityHashMap<Node, Set<String>> userFunctions = new IdentityHashMap<>();

  /**
   * @param allowed where the rows of sources are declared
   * @param sources the rows of a source
   * @param inputs the frame of a node that another one reads
   */
  StepFrames(
      Expressions expressions,
      SqlQueries queries,
      LargePlans large,
      AllowedPlans allowed,
      Function<Node.Read, Dataset<Row>> sources,
      Function<Node, Dataset<Row>> inputs) {
    this.expressions = expressions;
    this.queries = queries;
    this.large = large;
    this.allowed = allowed;
    this.sources = sources;
    this.inputs = inputs;
  }

  /** The user's functions that a native transform added to the plan; empty for other steps. */
  Set<String> userFunctions(Node node) {
    return userFunctions.getOrDefault(node, Set.of());
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
    return Aliases.removed(large.step(inputs.apply(node.input()), input -> input.select(columns)));
  }

  @Override
  public Dataset<Row> visitWhere(Node.Where node) {
    Dataset<Row> input = inputs.apply(node.input());
    Column condition = expressions.column(node.condition());
    VisibleColumns.requireFor(condition, input);
    return large.step(input, rows -> rows.where(condition));
  }

  @Override
  public Dataset<Row> visitWith(Node.With node) {
    Dataset<Row> input = inputs.apply(node.input());
    Column value = expressions.column(node.expression());
    return Aliases.passedOn(
        input, large.step(input, rows -> rows.withColumn(node.column(), value)));
  }

  @Override
  public Dataset<Row> visitDrop(Node.Drop node) {
    Dataset<Row> input = inputs.apply(node.input());
    VisibleColumns.require(input, node.columns());
    String[] columns = node.columns().toArray(String[]::new);
    return large.step(input, rows -> rows.drop(columns));
  }

  @Override
  public Dataset<Row> visitRename(Node.Rename node) {
    Dataset<Row> input = inputs.apply(node.input());
    VisibleColumns.require(input, List.of(node.from()));
    return Aliases.passedOn(
        input, large.step(input, rows -> rows.withColumnRenamed(node.from(), node.to())));
  }

  @Override
  public Dataset<Row> visitAlias(Node.Alias node) {
    return inputs.apply(node.input()).as(node.alias());
  }

  @Override
  public Dataset<Row> visitJoin(Node.Join node) {
    Dataset<Row> left = inputs.apply(node.left());
    Dataset<Row> right = inputs.apply(node.right());
    String type = sparkType(node.kind());
    if (node.condition() instanceof JoinCondition.Using using) {
      return left.join(right, CollectionConverters.asScala(using.columns()).toSeq(), type);
    }
    JoinCondition.On on = (JoinCondition.On) node.condition();
    return left.join(right, expressions.column(on.predicate()), type);
  }

  @Override
  public Dataset<Row> visitAggregate(Node.Aggregate node) {
    List<Column> aggregates = expressions.columns(node.aggregates());
    return Aliases.removed(
        inputs
            .apply(node.input())
            .groupBy(array(expressions.columns(node.keys())))
            .agg(aggregates.get(0), array(aggregates.subList(1, aggregates.size()))));
  }

  @Override
  public Dataset<Row> visitDistinct(Node.Distinct node) {
    return inputs.apply(node.input()).distinct();
  }

  @Override
  public Dataset<Row> visitUnion(Node.Union node) {
    Dataset<Row> left = inputs.apply(node.left());
    Dataset<Row> right = inputs.apply(node.right());
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
    Dataset<Row> input = inputs.apply(node.input());
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
    Dataset<Row> input = inputs.apply(node.input());
    List<SortOrder> order = expressions.order(node.order());
    order.forEach(item -> VisibleColumns.requireFor(ExpressionUtils.column(item.child()), input));
    return input.orderBy(array(TotalOrder.of(input, order)));
  }

  @Override
  public Dataset<Row> visitLimit(Node.Limit node) {
    return inputs.apply(node.input()).limit(node.rows());
  }

  @Override
  public Dataset<Row> visitSql(Node.Sql node) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    node.tables().forEach((name, input) -> tables.put(name, inputs.apply(input)));
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
    Dataset<Row> input = inputs.apply(node.input());
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
    return Hints.apply(inputs.apply(node.input()), node);
  }

  @Override
  public Dataset<Row> visitExpect(Node.Expect node) {
    return inputs.apply(node.input());
  }

  @Override
  public Dataset<Row> visitAllowVariation(Node.AllowVariation node) {
    return inputs.apply(node.input());
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
