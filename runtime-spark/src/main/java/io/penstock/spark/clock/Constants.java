package io.penstock.spark.clock;

import org.apache.spark.sql.catalyst.expressions.ArrayRepeat;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.Sequence;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;

/** Values that Spark's optimizer would compute before there are rows. */
final class Constants {
  /**
   * What is known of an expression without rows.
   *
   * @param known whether its value is
   * @param value the value, as Spark holds it inside
   */
  record Constant(boolean known, Object value) {}

  private static final Constant UNKNOWN = new Constant(false, null);

  private Constants() {}

  /** The value of an expression, where it has one without rows. Runs no code of a user. */
  static Constant of(Expression expression) {
    Expression replaced = replaced(expression);
    if (!replaced.foldable() || replaced.exists(Constants::isLeftToTheRun)) {
      return UNKNOWN;
    }
    try {
      return new Constant(true, replaced.eval(null));
    } catch (Exception e) {
      // It fails with each row, too, where somebody can tell which expression it is.
      return UNKNOWN;
    }
  }

  /**
   * Computes what Spark computes by itself while it analyses a query.
   *
   * @throws MovingTimeException by the checks that it holds; of all else Spark complains
   */
  static void compute(Expression expression) {
    try {
      replaced(expression).eval(null);
    } catch (MovingTimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark has met it, too, and says so by itself.
      return;
    }
  }

  /** Code of a user, also as Spark calls it by itself, and what may grow beyond all memory. */
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

  /** The expression that Spark's optimizer begins with. */
  private static Expression replaced(Expression expression) {
    return expression instanceof RuntimeReplaceable shorthand
        ? replaced(shorthand.replacement())
        : expression.mapChildren(Constants::replaced);
  }
}
