package io.penstock.spark.clock;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
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
    if (!replaced.foldable() || replaced.exists(part -> part instanceof UserDefinedExpression)) {
      return UNKNOWN;
    }
    try {
      return new Constant(true, replaced.eval(null));
    } catch (Exception e) {
      // It fails with each row, too, where somebody can tell which expression it is.
      return UNKNOWN;
    }
  }

  /** The expression that Spark's optimizer begins with. */
  private static Expression replaced(Expression expression) {
    return expression instanceof RuntimeReplaceable shorthand
        ? replaced(shorthand.replacement())
        : expression.mapChildren(Constants::replaced);
  }
}
