package io.penstock.spark.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.TimestampType$;
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

  /** Whether such a number is not checked yet, nor known to be within the range. */
  static boolean needsCheck(Expression expression) {
    OptionalInt operand = operand(expression);
    return operand.isPresent()
        && !isAccepted(number(expression, operand), check(expression, operand, ""));
  }

  /** The expression with a check before the number. */
  static Expression checked(Expression expression, String place) {
    OptionalInt operand = operand(expression);
    List<Expression> children = new ArrayList<>(CollectionConverters.asJava(expression.children()));
    children.set(
        operand.getAsInt(),
        new FixedTime(number(expression, operand), check(expression, operand, place)));
    return expression.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }

  private static RangeCheck check(Expression expression, OptionalInt operand, String place) {
    boolean ofDays = expression instanceof DateAdd || expression instanceof DateSub;
    return new RangeCheck(
        number(expression, operand).dataType(),
        expression instanceof Cast cast ? cast.dataType() : TimestampType$.MODULE$,
        ofDays ? DAYS : SECONDS,
        expression instanceof Cast cast ? TextToTime.sql(cast) : expression.sql(),
        place);
  }

  private static Expression number(Expression expression, OptionalInt operand) {
    return expression.children().apply(operand.getAsInt());
  }

  private static OptionalInt operand(Expression expression) {
    boolean first =
        (expression instanceof Cast cast
                && TextToTime.somewhere(
                    cast.child().dataType(), cast.dataType(), NumberToTime::mayBeBeyond))
            || (expression instanceof SecondsToTimestamp seconds
                && mayBeBeyond(seconds.child().dataType(), TimestampType$.MODULE$))
            || expression instanceof FromUnixTime;
    if (first) {
      return OptionalInt.of(0);
    }
    return expression instanceof DateAdd || expression instanceof DateSub
        ? OptionalInt.of(1)
        : OptionalInt.empty();
  }

  /** Whether a number of a type that becomes a time is great enough: those of INT never are. */
  static boolean mayBeBeyond(DataType from, DataType to) {
    return to instanceof TimestampType
        && from instanceof NumericType
        && !(from instanceof ByteType)
        && !(from instanceof ShortType)
        && !(from instanceof IntegerType);
  }

  private static boolean isAccepted(Expression number, RangeCheck check) {
    if (number instanceof FixedTime) {
      return true;
    }
    Constants.Constant constant = Constants.of(number);
    return constant.known() && (constant.value() == null || check.accepts(constant.value()));
  }
}
