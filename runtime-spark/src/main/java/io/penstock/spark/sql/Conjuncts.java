package io.penstock.spark.sql;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Splits conditions that are joined by AND. */
public final class Conjuncts {
  private Conjuncts() {}

  /** The conditions that the condition joins by AND, however deep they are nested. */
  public static List<Expression> of(Expression condition) {
    return condition instanceof And and
        ? Stream.of(and.left(), and.right()).flatMap(part -> of(part).stream()).toList()
        : List.of(condition);
  }
}
