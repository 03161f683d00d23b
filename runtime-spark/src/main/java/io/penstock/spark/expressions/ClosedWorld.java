package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.PipeOperator;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimestampType;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the analysed plans of one compilation may be made of: steps and expressions that are known
 * to depend on their rows and values alone, on top of the inputs that were declared. What isn't
 * listed is refused.
 */
public final class ClosedWorld {
  /** Jackson takes 200 for an unsigned byte, and Spark multiplies seconds without a check. */
  private static final Function1<DataType, Object> WRAPPED =
      type -> type instanceof ByteType || type instanceof TimestampType;

  private static final String LOGICAL = "org.apache.spark.sql.catalyst.plans.logical";

  private static final Set<Class<?>> PLANS =
      CatalystClasses.of(
          LOGICAL,
          """
          Aggregate CTERelationDef CTERelationRef CollectMetrics Deduplicate Distinct
          EmptyRelation Except Expand Filter Generate GlobalLimit Intersect Join LateralJoin
          LimitAll LocalLimit LocalRelation Offset OneRowRelation Project Range
          RebalancePartitions Repartition RepartitionByExpression ResolvedHint Sample Sort
          SubqueryAlias Tail Union UnionLoop UnionLoopRef UnresolvedHint Window WithCTE
          """);

  /** These hold functions of a native transform, which the plan names as not checked. */
  private static final Set<Class<?>> NATIVE_PLANS =
      CatalystClasses.of(
          LOGICAL,
          """
          AppendColumns AppendColumnsWithObject CoGroup DeserializeToObject MapElements
          MapGroups MapPartitions SerializeFromObject TypedFilter
          """);

  private final Set<Object> sources = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<LogicalPlan> seen = PlanWalk.none();

  /** The leaves of these rows may be read by any step. */
  public void declare(Dataset<Row> rows) {
    PlanWalk.over(
        analysed(rows), plan -> source(plan).ifPresent(sources::add), expression -> {}, seen);
  }

  /**
   * What a frame holds that isn't known to be closed, but for what an earlier look has found.
   * Forbidden functions are found by {@link ForbiddenFunctions}.
   */
  public List<PlanProblemException> refusals(Dataset<Row> frame) {
    List<PlanProblemException> refusals = new ArrayList<>();
    PlanWalk.over(
        analysed(frame),
        plan -> refusal(plan).ifPresent(refusals::add),
        expression -> refusal(expression).ifPresent(refusals::add),
        seen);
    return distinct(refusals);
  }

  private static List<PlanProblemException> distinct(List<PlanProblemException> all) {
    Set<String> messages = new HashSet<>();
    return all.stream().filter(each -> messages.add(each.getMessage())).toList();
  }

  private Optional<PlanProblemException> refusal(LogicalPlan plan) {
    Optional<Object> source = source(plan);
    if (source.isPresent()) {
      return sources.contains(source.get()) ? Optional.empty() : Optional.of(undeclared(plan));
    }
    if (SortedInput.isLostByDecorrelation(plan)) {
      return Optional.of(unorderedSubquery());
    }
    if (CorrelatedLimits.areWrong(plan)) {
      return Optional.of(limitOfAllRows());
    }
    Optional<PlanProblemException> wrong =
        InSubqueries.refusal(plan).or(() -> MixedFields.refusal(plan));
    if (wrong.isPresent()) {
      return wrong;
    }
    boolean listed =
        PLANS.contains(plan.getClass())
            || NATIVE_PLANS.contains(plan.getClass())
            || plan instanceof PipeOperator;
    return listed
        ? Optional.empty()
        : Optional.of(
            plan.children().isEmpty() || plan instanceof View
                ? undeclared(plan)
                : unlisted(plan.nodeName()));
  }

  private static Optional<PlanProblemException> refusal(Expression expression) {
    if (ForbiddenFunctions.find(expression).isPresent()) {
      return Optional.empty();
    }
    Optional<PlanProblemException> mixed = MixedFields.refusal(expression);
    if (mixed.isPresent()) {
      return mixed;
    }
    if (expression instanceof JsonToStructs json && json.schema().existsRecursively(WRAPPED)) {
      return Optional.of(wrappedNumber());
    }
    if (expression instanceof WindowSpecDefinition window && DateFrames.isBeyond(window)) {
      return Optional.of(frameOfAllDates());
    }
    return AnalysedExpressions.isListed(expression)
        ? Optional.empty()
        : Optional.of(unlisted(expression.prettyName()));
  }

  private static Optional<Object> source(LogicalPlan plan) {
    if (plan instanceof LogicalRDD rows) {
      return Optional.of(rows.rdd());
    }
    return plan instanceof LogicalRelation relation
        ? Optional.of(relation.relation())
        : Optional.empty();
  }

  private static PlanProblemException undeclared(LogicalPlan leaf) {
    return new PlanProblemException(
        "UNDECLARED_INPUT",
        "Cannot read %s: it is no input of this pipeline, so nobody pins or records what it holds."
            .formatted(spoken(leaf)),
        "read it with read(…) and join its rows, or hand in values known when the pipeline is"
            + " built.");
  }

  private static String spoken(LogicalPlan leaf) {
    if (leaf instanceof LogicalRelation relation
        && relation.relation()
            instanceof org.apache.spark.sql.execution.datasources.HadoopFsRelation files) {
      return CollectionConverters.asJava(files.location().rootPaths()).stream()
          .map(path -> "'" + path + "'")
          .findFirst()
          .orElse("files that were not declared");
    }
    if (leaf instanceof View view) {
      return "the view '" + view.desc().identifier().table() + "'";
    }
    boolean ofRdd =
        leaf instanceof LogicalRDD || leaf.getClass().getSimpleName().equals("ExternalRDD");
    return ofRdd ? "rows made of an RDD" : "Spark's " + leaf.nodeName();
  }

  private static PlanProblemException unorderedSubquery() {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot use ORDER BY … LIMIT in a subquery that refers to the rows outside, with an order"
            + " that the subquery doesn't select: Spark loses it, and takes any rows.",
        "take the row by max_by(value, order) or min_by(value, order).");
  }

  private static PlanProblemException wrappedNumber() {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot read a TINYINT or a TIMESTAMP by from_json: Spark makes other values of numbers"
            + " that are too great for them.",
        "read it as BIGINT, or as STRING, and cast it.");
  }

  private static PlanProblemException frameOfAllDates() {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot use a RANGE frame of so many days: dates don't reach that far, and Spark would go"
            + " on from their other end.",
        "say UNBOUNDED PRECEDING, or UNBOUNDED FOLLOWING.");
  }

  private static PlanProblemException limitOfAllRows() {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot use LIMIT or OFFSET in a subquery that is compared with the rows outside by an"
            + " equality with a cast or a computed value, by two equalities with one column"
            + " outside, by a condition on the rows outside alone, or within a WITH: Spark takes"
            + " the rows before it compares.",
        "compare columns of one type, each with another one, outside of a WITH; or take the row by"
            + " max_by(value, order) or min_by(value, order).");
  }

  private static PlanProblemException unlisted(String name) {
    return new PlanProblemException(
        "UNSUPPORTED_STEP",
        "Cannot use Spark's %s: it is not known to depend on its rows and values alone."
            .formatted(name),
        "say it with other functions of Spark SQL.");
  }

  private static LogicalPlan analysed(Dataset<Row> frame) {
    return frame.queryExecution().analyzed();
  }
}
