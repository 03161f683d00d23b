package io.penstock.spark.datetime;

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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds numbers that are converted to times, or added to dates, where Spark doesn't report an
 * overflow: it returns the last time of the type, or wraps around (Spark 4.2.0, also under ANSI).
 */
final class NumberToTime {
  private NumberToTime() {}

  /** Whether such a number is neither checked yet nor a constant within the range. */
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
            operand, new CheckedValue(children.get(operand), check(expression, operand, place)));
      }
    }
    return expression.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }

  private static RangeCheck check(Expression expression, int operand, String place) {
    DataType number = child(expression, operand).dataType();
    String sql = ConversionSql.of(expression);
    if (isOfDays(expression)) {
      return new RangeCheck(number, DataTypes.DateType, DatetimeLimits.DAYS, sql, place);
    }
    DataType time = expression instanceof Cast cast ? cast.dataType() : DataTypes.TimestampType;
    return new RangeCheck(number, time, DatetimeLimits.SECONDS, sql, place);
  }

  private static Expression child(Expression expression, int operand) {
    return expression.children().apply(operand);
  }

  /** The positions of the numbers, and of the dates that they are added to. */
  private static List<Integer> operands(Expression expression) {
    if (isOfDays(expression)) {
      return List.of(0, 1);
    }
    boolean first =
        (expression instanceof Cast cast
                && NestedValues.anyMatch(
                    cast.child().dataType(), cast.dataType(), NumberToTime::mayOverflow))
            || (expression instanceof SecondsToTimestamp seconds
                && mayOverflow(seconds.child().dataType(), DataTypes.TimestampType))
            || expression instanceof FromUnixTime;
    return first ? List.of(0) : List.of();
  }

  private static boolean isOfDays(Expression expression) {
    return expression instanceof DateAdd
        || expression instanceof DateSub
        || expression instanceof DateDiff;
  }

  /** Whether a number of this type may be too great for a TIMESTAMP: an INT never is. */
  static boolean mayOverflow(DataType from, DataType to) {
    return to instanceof TimestampType
        && from instanceof NumericType
        && !(from instanceof ByteType)
        && !(from instanceof ShortType)
        && !(from instanceof IntegerType);
  }

  private static boolean isAccepted(Expression number, RangeCheck check) {
    if (CheckedValue.isChecked(number, RangeCheck.class)) {
      return true;
    }
    ConstantFolding.Constant constant = ConstantFolding.of(number);
    return constant.known() && (constant.value() == null || check.accepts(constant.value()));
  }
}
