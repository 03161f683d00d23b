package io.penstock.spark.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Puts steps on large plans. Spark goes through the whole plan for each step that is put on it, so
 * that many steps in a row take the square of their number. Here the step is analysed on a leaf
 * with the columns of the plan, and then the plan takes the place of the leaf.
 */
final class LargePlans {
  /** The nodes of a plan from which on it is large. */
  private static final int LARGE = 100;

  private final PlanSizes sizes;

  LargePlans(PlanSizes sizes) {
    this.sizes = sizes;
  }

  /**
   * The rows of a step.
   *
   * @param step which reads its input once, and of it no more than its columns
   */
  Dataset<Row> step(Dataset<Row> input, UnaryOperator<Dataset<Row>> step) {
    LogicalPlan plan = input.queryExecution().analyzed();
    if (sizes.of(plan) < LARGE) {
      return step.apply(input);
    }
    Dataset<Row> leaf = StandIns.leaf((SparkSession) input.sparkSession(), plan);
    LogicalPlan standIn = leaf.queryExecution().analyzed();
    LogicalPlan analyzed = step.apply(leaf).queryExecution().analyzed();
    LogicalPlan whole = replaced(analyzed, standIn, plan);
    if (whole.exists(node -> node == standIn.children().head())) {
      // The analyser has changed what stands for the plan, to find a hidden column.
      return step.apply(input);
    }
    whole.setAnalyzed();
    return org.apache.spark.sql.classic.Dataset.ofRows((SparkSession) input.sparkSession(), whole);
  }

  private static LogicalPlan replaced(LogicalPlan node, LogicalPlan standIn, LogicalPlan plan) {
    if (node == standIn) {
      return plan;
    }
    List<LogicalPlan> children = new ArrayList<>();
    for (LogicalPlan child : CollectionConverters.asJava(node.children())) {
      children.add(replaced(child, standIn, plan));
    }
    return children.isEmpty()
        ? node
        : node.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }
}
