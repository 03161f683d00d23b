package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Refuses the steps and expressions for which Spark 4.2.0 computes wrong results. */
final class WrongResults {
  private WrongResults() {}

  static Optional<PlanProblemException> refusal(LogicalPlan step) {
    return CorrelatedLimits.refusal(step)
        .or(() -> InSubqueries.refusal(step))
        .or(() -> MixedFields.refusal(step));
  }

  static Optional<PlanProblemException> refusal(Expression expression) {
    return MixedFields.refusal(expression)
        .or(() -> FromJsonOverflow.refusal(expression))
        .or(() -> DateFrames.refusal(expression));
  }
}
