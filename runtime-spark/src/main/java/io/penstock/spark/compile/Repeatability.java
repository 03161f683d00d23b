package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.spec.FileSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Proves that computing a step twice gives the same rows twice.
 *
 * <p>A Delta table is read at one version. Files are known by their names alone: one that is
 * rewritten between two readings gives other rows.
 *
 * <p>What is known to be repeatable is listed; all else is in doubt. Spark's own {@code
 * deterministic} doesn't answer this: it is true of {@code first}, {@code collect_list}, LIMIT,
 * {@code row_number} over ties and functions of the user.
 */
final class Repeatability {
  private static final Set<String> PLANS =
      Set.of(
          "Project",
          "Filter",
          "Join",
          "Aggregate",
          "Distinct",
          "Union",
          "Sort",
          "SubqueryAlias",
          "ResolvedHint",
          "UnresolvedHint",
          "Window",
          "Expand",
          "Generate",
          "WithCTE",
          "CTERelationDef",
          "CTERelationRef",
          "OneRowRelation",
          "LocalRelation",
          "LogicalRDD",
          "LogicalRelation",
          "Range",
          "RepartitionByExpression",
          "Repartition",
          "RebalancePartitions",
          "Except",
          "Intersect");
  private static final Set<String> AGGREGATES =
      Set.of(
          "Count",
          "Sum",
          "Average",
          "Min",
          "Max",
          "BoolAnd",
          "BoolOr",
          "CountIf",
          "BitAndAgg",
          "BitOrAgg",
          "BitXorAgg",
          "HyperLogLogPlusPlus",
          "Percentile",
          "Median");
  private static final Set<String> WINDOW_FUNCTIONS = Set.of("Rank", "DenseRank");

  private final FrameBuilder frames;

  Repeatability(FrameBuilder frames) {
    this.frames = frames;
  }

  /** Why the step itself, given the same rows, may yield others; empty when it can't. */
  Optional<String> doubt(Node node) {
    if (node instanceof Node.Read read) {
      return read.source() instanceof FileSource
          ? Optional.of("files are not versioned")
          : Optional.empty();
    }
    if (node instanceof Node.Transform transform) {
      return Optional.of("transform '" + transform.name() + "' is native code");
    }
    if (node instanceof Node.LatestBy || node instanceof Node.Limit) {
      return unorderable(frames.frame(node.inputs().get(0)));
    }
    return ownPlans(node).stream().flatMap(plan -> doubt(plan).stream()).findFirst();
  }

  /** The steps that Spark's analyser added for this node on top of those of its inputs. */
  private List<LogicalPlan> ownPlans(Node node) {
    Set<LogicalPlan> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    node.inputs().forEach(input -> inputs.add(analysed(frames.frame(input))));
    List<LogicalPlan> own = new ArrayList<>();
    collect(analysed(frames.frame(node)), inputs, own);
    return own;
  }

  private static void collect(LogicalPlan plan, Set<LogicalPlan> inputs, List<LogicalPlan> own) {
    if (inputs.contains(plan)) {
      return;
    }
    own.add(plan);
    CollectionConverters.asJava(plan.children()).forEach(child -> collect(child, inputs, own));
    for (Object subquery : CollectionConverters.asJava(plan.subqueries())) {
      collect((LogicalPlan) subquery, inputs, own);
    }
  }

  private static Optional<String> doubt(LogicalPlan plan) {
    boolean wholeRows =
        plan instanceof Deduplicate distinct
            && distinct.keys().size() == distinct.child().output().size();
    if (!wholeRows && !PLANS.contains(plan.getClass().getSimpleName())) {
      return Optional.of(
          "Spark's " + plan.nodeName() + " is not known to give the same rows each time");
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      Optional<String> doubt = doubt(expression);
      if (doubt.isPresent()) {
        return doubt;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> doubt(Expression expression) {
    if (expression instanceof UserDefinedExpression || !expression.deterministic()) {
      return Optional.of(name(expression) + " is not known to repeat itself");
    }
    if (expression instanceof WindowExpression window) {
      String function = window.windowFunction().getClass().getSimpleName();
      if (!WINDOW_FUNCTIONS.contains(function)
          && !(window.windowFunction() instanceof AggregateExpression)) {
        return Optional.of(name(window.windowFunction()) + " depends on the order of ties");
      }
      if (window.windowFunction() instanceof AggregateExpression
          && countsRows(window.windowSpec().frameSpecification())) {
        return Optional.of("a frame of rows depends on the order of ties");
      }
    }
    if (expression instanceof AggregateExpression aggregate) {
      Expression function = aggregate.aggregateFunction();
      if (!AGGREGATES.contains(function.getClass().getSimpleName())) {
        return Optional.of(name(function) + " depends on the order of rows");
      }
      if (isFloating(function.dataType()) && !isOrderFree(function)) {
        return Optional.of(
            name(function) + " of floating-point numbers depends on the order of rows");
      }
    }
    return CollectionConverters.asJava(expression.children()).stream()
        .flatMap(child -> doubt(child).stream())
        .findFirst();
  }

  /** A frame from the first to the last row holds the same rows in whatever order. */
  private static boolean countsRows(WindowFrame frame) {
    return frame instanceof SpecifiedWindowFrame specified
        && specified.frameType() instanceof RowFrame$
        && !(specified.lower() instanceof UnboundedPreceding$
            && specified.upper() instanceof UnboundedFollowing$);
  }

  private static boolean isOrderFree(Expression function) {
    return Set.of("Min", "Max").contains(function.getClass().getSimpleName());
  }

  private static boolean isFloating(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  private static Optional<String> unorderable(Dataset<Row> input) {
    for (var attribute : CollectionConverters.asJava(analysed(input).output())) {
      if (!RowOrdering.isOrderable(attribute.dataType())) {
        return Optional.of(
            "column '" + attribute.name() + "' has no order, so ties can't be told apart");
      }
    }
    return Optional.empty();
  }

  private static LogicalPlan analysed(Dataset<Row> frame) {
    return frame.queryExecution().analyzed();
  }

  private static String name(Expression expression) {
    return expression.prettyName().toLowerCase(Locale.ROOT);
  }
}
