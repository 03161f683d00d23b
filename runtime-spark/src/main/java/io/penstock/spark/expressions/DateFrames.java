package io.penstock.spark.expressions;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.types.DateType;

/** Frames of days around a date, whose ends Spark computes only when there are rows. */
final class DateFrames {
  /** Not quite half of what a date can hold: no end of a frame is beyond it. */
  private static final long DAYS = 1_000_000_000;

  private DateFrames() {}

  /** Whether a frame reaches beyond all dates, where Spark goes on from their other end. */
  static boolean isBeyond(WindowSpecDefinition window) {
    return window.frameSpecification() instanceof SpecifiedWindowFrame frame
        && frame.frameType() == RangeFrame$.MODULE$
        && window.orderSpec().exists(order -> order.dataType() instanceof DateType)
        && (isBeyond(frame.lower()) || isBeyond(frame.upper()));
  }

  private static boolean isBeyond(Expression bound) {
    return bound.foldable()
        && bound.eval(null) instanceof Integer days
        && Math.abs(days.longValue()) > DAYS;
  }
}
