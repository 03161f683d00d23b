package io.penstock.spark.datetime;

import org.apache.spark.sql.catalyst.expressions.ArrayRepeat;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.Sequence;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;

/** Computes constants before there are rows, as Spark's optimizer does. */
public final class ConstantFolding {
  /**
   * What is known of an expression without rows.
   *
   * @param known whether the value is known
   * @param value in Spark's internal form
   */
  public record Constant(boolean known, Object value) {}

  private static final Constant UNKNOWN = new Constant(false, null);

  private ConstantFolding() {}

  /** The value of an expression, where it is constant. Runs no user code. */
  public static Constant of(Expression expression) {
    Expression replaced = replaced(expression);
    if (!replaced.foldable() || replaced.exists(ConstantFolding::isLeftToTheRun)) {
      return UNKNOWN;
    }
    try {
      return new Constant(true, replaced.eval(null));
    } catch (Exception e) {
      // It also fails for each row, and there the message names the expression.
      return UNKNOWN;
    }
  }

  /**
   * Computes what Spark itself computes while it analyses a query.
   *
   * @throws InvalidDatetimeException by a check in the expression; Spark reports all other failures
   */
  static void compute(Expression expression) {
    try {
      replaced(expression).eval(null);
    } catch (InvalidDatetimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark reports it.
      return;
    }
  }

  /** User code, including what Spark calls implicitly, and what may need unbounded memory. */
  private static boolean isLeftToTheRun(Expression part) {
    return part instanceof UserDefinedExpression
        || part.getClass().getPackageName().endsWith(".objects")
        || part instanceof Sequence
        || part instanceof StringRepeat
        || part instanceof StringSpace
        || part instanceof StringLPad
        || part instanceof StringRPad
        || part instanceof ArrayRepeat;
  }

  /** The expression as Spark's optimizer first sees it. */
  private static Expression replaced(Expression expression) {
    return expression instanceof RuntimeReplaceable shorthand
        ? replaced(shorthand.replacement())
        : expression.mapChildren(ConstantFolding::replaced);
  }
}
