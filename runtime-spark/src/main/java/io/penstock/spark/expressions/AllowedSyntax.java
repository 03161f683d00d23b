package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The allowlist for the syntax of expressions and queries. It is applied before anything is
 * analysed: Spark's analyser runs statements, opens tables and loads classes, which can't be
 * undone.
 */
final class AllowedSyntax {
  private static final Set<Class<?>> PLANS =
      CatalystClasses.union(
          List.of(
              CatalystClasses.of(
                  "org.apache.spark.sql.catalyst.plans.logical",
                  """
                  Aggregate Distinct Except Filter Generate GlobalLimit Intersect Join LateralJoin
                  LimitAll LocalLimit Offset OneRowRelation Pivot Project
                  RepartitionByExpression Sample Sort SubqueryAlias Union UnresolvedHint
                  UnresolvedWith Unpivot WithWindowDefinition
                  """),
              CatalystClasses.of(
                  "org.apache.spark.sql.catalyst.analysis",
                  """
                  UnresolvedHaving UnresolvedInlineTable UnresolvedQualify
                  UnresolvedRelation UnresolvedSubqueryColumnAliases UnresolvedTVFAliases
                  UnresolvedTableValuedFunction
                  """),
              CatalystClasses.of("org.apache.spark.sql.catalyst.expressions", "PipeOperator")));

  private static final Set<Class<?>> EXPRESSIONS =
      CatalystClasses.union(
          List.of(
              CatalystClasses.of(
                  "org.apache.spark.sql.catalyst.analysis",
                  """
                  MultiAlias NamedParameter UnresolvedAlias UnresolvedAttribute
                  UnresolvedExtractValue UnresolvedFunction UnresolvedGenerator UnresolvedOrdinal
                  UnresolvedPipeAggregateOrdinal UnresolvedStar UnresolvedStarExceptOrReplace
                  """),
              CatalystClasses.of(
                  "org.apache.spark.sql.catalyst.expressions",
                  """
                  Alias AttributeReference Collate CreateNamedStruct Cube CurrentDate CurrentRow$
                  CurrentTime CurrentTimestamp CurrentUser Exists GroupingSets InSubquery
                  IsNotUnknown$$anon$2 IsUnknown$$anon$1 LambdaFunction LateralSubquery LikeAll
                  LikeAny ListQuery Literal NamedArgumentExpression NotLikeAll NotLikeAny
                  PipeExpression Rollup ScalarSubquery SemiStructuredExtract SortOrder
                  SpecifiedWindowFrame TimestampAdd TimestampDiff UnboundedFollowing$
                  UnboundedPreceding$ UnresolvedCollation UnresolvedNamedLambdaVariable
                  UnresolvedWindowExpression UnspecifiedFrame$ WindowExpression WindowSpecDefinition
                  """),
              CatalystClasses.of(
                  "org.apache.spark.sql.catalyst.expressions.aggregate", "AggregateExpression"),
              AllowedFunctions.classes()));

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("RelationTimeTravel", "a table's version (VERSION AS OF, TIMESTAMP AS OF)"),
          Map.entry("RelationChanges", "a table's changes"),
          Map.entry("ScriptTransformation", "TRANSFORM … USING, which runs a command"),
          Map.entry("UnresolvedEventTimeWatermark", "a watermark"),
          Map.entry("NearestByJoin", "a nearest-by join"),
          Map.entry("ExpressionWithUnresolvedIdentifier", "IDENTIFIER(…)"),
          Map.entry("FunctionTableSubqueryArgumentExpression", "a table as an argument"),
          Map.entry("UnresolvedRegex", "a regular expression for columns"),
          Map.entry("PosParameter", "'?' for a parameter"));

  private final SparkSession session;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private AllowedSyntax(SparkSession session) {
    this.session = session;
  }

  /**
   * Refuses a parsed expression or query that contains anything that isn't allowed.
   *
   * @throws PlanProblemException for the first such part
   */
  static void require(TreeNode<?> parsed, SparkSession session) {
    new AllowedSyntax(session).visit(parsed);
  }

  /** Visits every part of a node, including maps and pairs that Spark's own traversal skips. */
  private void visit(Object part) {
    if (part instanceof LogicalPlan plan && seen.add(plan)) {
      requireListed(plan, PLANS);
      requireAllowed(plan);
      parts(plan);
    } else if (part instanceof Expression expression && seen.add(expression)) {
      requireListed(expression, EXPRESSIONS);
      requireAllowed(expression);
      parts(expression);
    } else if (part instanceof scala.collection.Iterable<?> many) {
      CollectionConverters.asJava(many).forEach(this::visit);
    } else if (part instanceof Option<?> option) {
      option.foreach(
          value -> {
            visit(value);
            return null;
          });
    } else if (part instanceof Product product && !(part instanceof DataType) && !isNode(part)) {
      CollectionConverters.asJava(product.productIterator()).forEachRemaining(this::visit);
    }
  }

  private static boolean isNode(Object part) {
    return part instanceof TreeNode<?>;
  }

  private void parts(TreeNode<?> node) {
    CollectionConverters.asJava(node.productIterator()).forEachRemaining(this::visit);
    visit(node.children());
  }

  private static void requireListed(Object node, Set<Class<?>> listed) {
    if (!listed.contains(node.getClass())) {
      throw unlisted(node.getClass().getSimpleName());
    }
  }

  private static PlanProblemException unlisted(String type) {
    return new PlanProblemException(
        "UNSUPPORTED_SYNTAX",
        "Cannot use %s: it is not known to depend only on the rows and values that are named here."
            .formatted(NAMES.getOrDefault(type, "Spark's " + type)),
        "read what it names with read(…), declare a parameter, or write a plain SELECT.");
  }

  private void requireAllowed(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation
        && (!relation.options().isEmpty() || relation.isStreaming())) {
      throw new PlanProblemException(
          "UNSUPPORTED_SYNTAX",
          "Cannot read '%s' with options or as a stream: its rows are those that from(…) names."
              .formatted(relation.tableName()),
          "remove the options.");
    }
  }

  private void requireAllowed(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      refuse(CollectionConverters.asJava(function.nameParts()));
    } else if (expression instanceof UnresolvedGenerator generator) {
      refuse(
          generator.name().database().isDefined()
              ? List.of(generator.name().database().get(), generator.name().funcName())
              : List.of(generator.name().funcName()));
    }
  }

  private void refuse(List<String> name) {
    AllowedFunctions.refusal(name, session)
        .ifPresent(
            found -> {
              throw found.refusal();
            });
  }
}
