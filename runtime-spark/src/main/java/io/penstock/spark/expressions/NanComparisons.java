package io.penstock.spark.expressions;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import scala.PartialFunction;

/**
 * Makes NULL of a comparison with NaN, which is neither less nor greater than a number. Spark takes
 * it for the greatest number of all, so that a check such as {@code x >= 0} would pass it.
 */
public final class NanComparisons {
  private final LogicalPlan left;

  private NanComparisons(LogicalPlan left) {
    this.left = left;
  }

  /**
   * The same frame with such comparisons.
   *
   * @param rows within the frame, whose own comparisons stay as they are
   */
  public static Dataset<Row> unknownOver(Dataset<Row> frame, Dataset<Row> rows) {
    LogicalPlan plan = frame.queryExecution().analyzed();
    LogicalPlan changed = new NanComparisons(rows.queryExecution().analyzed()).plan(plan);
    if (changed == plan) {
      return frame;
    }
    changed.setAnalyzed();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) frame.sparkSession(), changed);
  }

  private LogicalPlan plan(LogicalPlan plan) {
    return plan == left
        ? plan
        : plan.mapChildren(this::plan)
            .mapExpressions(
                expression ->
                    expression.transformUp(PartialFunction.fromFunction(NanComparisons::unknown)));
  }

  private static Expression unknown(Expression part) {
    boolean ordered =
        part instanceof BinaryComparison
            && !(part instanceof EqualTo || part instanceof EqualNullSafe);
    if (!ordered) {
      return part;
    }
    BinaryComparison comparison = (BinaryComparison) part;
    boolean first = mayBeNan(comparison.left());
    boolean second = mayBeNan(comparison.right());
    if (!first && !second) {
      return part;
    }
    Expression one = new IsNaN(first ? comparison.left() : comparison.right());
    Expression either = first && second ? new Or(one, new IsNaN(comparison.right())) : one;
    return new If(either, new Literal(null, DataTypes.BooleanType), part);
  }

  /** A constant is what its author meant. */
  private static boolean mayBeNan(Expression value) {
    return (value.dataType() instanceof DoubleType || value.dataType() instanceof FloatType)
        && !value.foldable();
  }
}
