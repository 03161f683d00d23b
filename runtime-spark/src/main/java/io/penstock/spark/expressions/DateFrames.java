package io.penstock.spark.expressions;

import io.penstock.spark.datetime.DatetimeLimits;
import io.penstock.spark.problems.PlanProblemException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.types.DateType;

/** Refuses window frames of days whose bounds overflow for some dates, where Spark wraps around. */
final class DateFrames {
  private DateFrames() {}

  static Optional<PlanProblemException> refusal(Expression expression) {
    boolean overflows =
        expression instanceof WindowSpecDefinition window
            && window.frameSpecification() instanceof SpecifiedWindowFrame frame
            && frame.frameType() == RangeFrame$.MODULE$
            && window.orderSpec().exists(order -> order.dataType() instanceof DateType)
            && (overflows(frame.lower()) || overflows(frame.upper()));
    return overflows
        ? Optional.of(
            PlanProblemException.unsupportedStep(
                "Cannot use a RANGE frame of so many days: dates don't reach that far, and Spark"
                    + " would continue at the other end of their range.",
                "write UNBOUNDED PRECEDING, or UNBOUNDED FOLLOWING."))
        : Optional.empty();
  }

  private static boolean overflows(Expression bound) {
    return bound.foldable()
        && bound.eval(null) instanceof Integer days
        && Math.abs(days.longValue()) > DatetimeLimits.DAYS;
  }
}
