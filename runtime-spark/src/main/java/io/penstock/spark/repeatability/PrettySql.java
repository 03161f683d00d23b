package io.penstock.spark.repeatability;

import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Formats expressions of an analysed plan as an author would write them. */
final class PrettySql {
  private PrettySql() {}

  static String expression(Expression expression) {
    return org.apache.spark.sql.catalyst.util.package$.MODULE$.toPrettySQL(expression, true);
  }

  static String function(Expression function) {
    return function.prettyName().toLowerCase(Locale.ROOT);
  }
}
