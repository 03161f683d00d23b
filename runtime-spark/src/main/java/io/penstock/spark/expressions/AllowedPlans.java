package io.penstock.spark.expressions;

import io.penstock.spark.coercion.LossyMeetings;
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
import org.apache.spark.sql.catalyst.expressions.PipeOperator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The allowlist for the analysed plans of one compilation: steps and expressions that are known to
 * depend only on their rows and values, on top of declared inputs. Everything else is refused.
 */
public final class AllowedPlans {
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

  /** Nodes with functions of a native transform, which the plan reports as not checked. */
  private static final Set<Class<?>> NATIVE_PLANS =
      CatalystClasses.of(
          LOGICAL,
          """
          AppendColumns AppendColumnsWithObject CoGroup DeserializeToObject MapElements
          MapGroups MapPartitions SerializeFromObject TypedFilter
          """);

  private final Set<Object> sources = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<LogicalPlan> seen = PlanWalk.noneSeen();

  /** Allows every step to read the leaves of these rows. */
  public void declare(Dataset<Row> rows) {
    PlanWalk.over(
        analysed(rows), plan -> source(plan).ifPresent(sources::add), expression -> {}, seen);
  }

  /**
   * The parts of a frame that aren't allowed, or in which values meet that Spark converts without
   * keeping all of them; apart from those that an earlier call has found. Forbidden functions are
   * left to {@link ForbiddenFunctions}.
   */
  public List<PlanProblemException> refusals(Dataset<Row> frame) {
    List<PlanProblemException> refusals = new ArrayList<>();
    PlanWalk.over(
        analysed(frame),
        plan -> {
          refusal(plan).ifPresent(refusals::add);
          refusals.addAll(LossyMeetings.in(plan));
        },
        expression -> {
          refusal(expression).ifPresent(refusals::add);
          refusals.addAll(LossyMeetings.in(expression));
        },
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
    return WrongResults.refusal(plan).or(() -> unlisted(plan));
  }

  private static Optional<PlanProblemException> unlisted(LogicalPlan plan) {
    boolean listed =
        PLANS.contains(plan.getClass())
            || NATIVE_PLANS.contains(plan.getClass())
            || plan instanceof PipeOperator;
    if (listed) {
      return Optional.empty();
    }
    return Optional.of(
        plan.children().isEmpty() || plan instanceof View
            ? undeclared(plan)
            : unlisted(plan.nodeName()));
  }

  private static Optional<PlanProblemException> refusal(Expression expression) {
    if (ForbiddenFunctions.find(expression).isPresent()) {
      return Optional.empty();
    }
    Optional<PlanProblemException> wrong = WrongResults.refusal(expression);
    return wrong.isPresent() || AllowedExpressions.isListed(expression)
        ? wrong
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
        "Cannot read %s: it is no input of this pipeline, so its version is neither pinned nor recorded."
            .formatted(described(leaf)),
        "read it with read(…) and join its rows, or pass in values that are known when the pipeline"
            + " is built.");
  }

  private static String described(LogicalPlan leaf) {
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

  private static PlanProblemException unlisted(String name) {
    return PlanProblemException.unsupportedStep(
        "Cannot use Spark's %s: it is not known to depend only on its rows and values."
            .formatted(name),
        "write it with other functions of Spark SQL.");
  }

  private static LogicalPlan analysed(Dataset<Row> frame) {
    return frame.queryExecution().analyzed();
  }
}
