package io.penstock.spark.clock;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType$;
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

  /** Not quite half of what a date can hold: two of them add up to one. */
  private static final long DAYS = 1_000_000_000;

  private NumberToTime() {}

  /** Whether such a number is not checked yet, nor known to be within the range. */
  static boolean needsCheck(Expression expression) {
    return operands(expression).stream().anyMatch(operand -> needsCheck(expression, operand));
  }

  private static boolean needsCheck(Expression expression, int operand) {
    return !isAccepted(child(expression, operand), check(expression, operand, ""));
  }

  /** The expression with a check before each number that needs one. */
  static Expression checked(Expression expression, String place) {
    List<Expression> children = new ArrayList<>(CollectionConverters.asJava(expression.children()));
    for (int operand : operands(expression)) {
      if (needsCheck(expression, operand)) {
        children.set(
            operand, new FixedTime(children.get(operand), check(expression, operand, place)));
      }
    }
    return expression.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }

  private static RangeCheck check(Expression expression, int operand, String place) {
    DataType number = child(expression, operand).dataType();
    if (isOfDays(expression)) {
      return new RangeCheck(number, DateType$.MODULE$, DAYS, expression.sql(), place);
    }
    return expression instanceof Cast cast
        ? new RangeCheck(number, cast.dataType(), SECONDS, TextToTime.sql(cast), place)
        : new RangeCheck(number, TimestampType$.MODULE$, SECONDS, expression.sql(), place);
  }

  private static Expression child(Expression expression, int operand) {
    return expression.children().apply(operand);
  }

  /** Where the numbers stand, and the dates that they move. */
  private static List<Integer> operands(Expression expression) {
    if (isOfDays(expression)) {
      return List.of(0, 1);
    }
    boolean first =
        (expression instanceof Cast cast
                && TextToTime.somewhere(
                    cast.child().dataType(), cast.dataType(), NumberToTime::mayBeBeyond))
            || (expression instanceof SecondsToTimestamp seconds
                && mayBeBeyond(seconds.child().dataType(), TimestampType$.MODULE$))
            || expression instanceof FromUnixTime;
    return first ? List.of(0) : List.of();
  }

  private static boolean isOfDays(Expression expression) {
    return expression instanceof DateAdd
        || expression instanceof DateSub
        || expression instanceof DateDiff;
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
    if (FixedTime.isChecked(number, RangeCheck.class)) {
      return true;
    }
    Constants.Constant constant = Constants.of(number);
    return constant.known() && (constant.value() == null || check.accepts(constant.value()));
  }
}
