package io.penstock.spark.datetime;

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Conversions as SQL text, for messages. */
final class ConversionSql {
  private ConversionSql() {}

  /** The expression in SQL, with the CAST that Spark leaves out for arrays, maps and structs. */
  static String of(Expression expression) {
    String sql = expression.sql();
    return expression instanceof Cast cast && sql.equals(cast.child().sql())
        ? "CAST(%s AS %s)".formatted(sql, cast.dataType().sql())
        : sql;
  }
}
