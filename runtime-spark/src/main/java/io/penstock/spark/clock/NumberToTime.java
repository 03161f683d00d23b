package io.penstock.spark.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds numbers that become times, or that times are moved by, where Spark doesn't say when the
 * result is beyond its type: it gives the last time that there is, or one from the other end (Spark
 * 4.2.0, also under ANSI).
 */
final class NumberToTime {
  /** The microseconds of more seconds don't fit. */
  private static final long SECONDS = Long.MAX_VALUE / 1_000_000;

  /** More than lie between any two dates that can be written, and half of what a date can hold. */
  private static final long DAYS = 1_000_000_000;

  private NumberToTime() {}

  /** The expression with a check before the number, where it needs one. */
  static Expression guarded(Expression expression, String place) {
    OptionalInt operand = operand(expression);
    if (operand.isEmpty()) {
      return expression;
    }
    List<Expression> children = new ArrayList<>(CollectionConverters.asJava(expression.children()));
    Expression number = children.get(operand.getAsInt());
    RangeCheck check = new RangeCheck(limit(expression), expression.sql(), place);
    if (number instanceof FixedTime || isAccepted(number, check)) {
      return expression;
    }
    children.set(operand.getAsInt(), new FixedTime(number, check));
    return expression.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }

  /** Whether the expression has such a number, be it checked or not. */
  static boolean isIn(Expression expression) {
    return operand(expression).isPresent();
  }

  private static OptionalInt operand(Expression expression) {
    boolean first =
        (expression instanceof Cast cast
                && cast.dataType() instanceof TimestampType
                && isGreat(cast.child()))
            || (expression instanceof SecondsToTimestamp seconds && isGreat(seconds.child()))
            || expression instanceof FromUnixTime;
    if (first) {
      return OptionalInt.of(0);
    }
    return expression instanceof DateAdd || expression instanceof DateSub
        ? OptionalInt.of(1)
        : OptionalInt.empty();
  }

  private static boolean isGreat(Expression number) {
    return number.dataType() instanceof NumericType
        && !(number.dataType() instanceof ByteType)
        && !(number.dataType() instanceof ShortType);
  }

  private static long limit(Expression expression) {
    return expression instanceof DateAdd || expression instanceof DateSub ? DAYS : SECONDS;
  }

  private static boolean isAccepted(Expression number, RangeCheck check) {
    return Optional.of(Constants.of(number))
        .filter(Constants.Constant::known)
        .filter(constant -> constant.value() == null || check.accepts(constant.value()))
        .isPresent();
  }
}
