package io.penstock.spark.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/** Parses a rendered predicate and requires that it means exactly what was rendered. */
final class ParsedPredicate {
  private ParsedPredicate() {}

  /**
   * The text as Spark's parser understands it.
   *
   * @throws IllegalArgumentException when that differs from the values it was rendered from
   */
  static Expression parse(String sql, List<List<PartitionValue>> units) {
    Expression parsed = new CatalystSqlParser().parseExpression(sql);
    if (!disjuncts(parsed).equals(expected(units))) {
      throw SqlErrors.changedByParser(sql, parsed.toString());
    }
    return parsed;
  }

  private static List<List<Expression>> expected(List<List<PartitionValue>> units) {
    if (PartitionPredicate.isOneColumn(units)) {
      List<Expression> values = units.stream().map(unit -> literal(unit.get(0))).toList();
      return List.of(
          List.of(
              new In(
                  attribute(units.get(0).get(0)), CollectionConverters.asScala(values).toSeq())));
    }
    return units.stream()
        .map(unit -> unit.stream().map(ParsedPredicate::equality).toList())
        .toList();
  }

  private static Expression equality(PartitionValue value) {
    return new EqualTo(attribute(value), literal(value));
  }

  private static Expression attribute(PartitionValue value) {
    return new UnresolvedAttribute(CollectionConverters.asScala(List.of(value.column())).toSeq());
  }

  private static Expression literal(PartitionValue value) {
    return Literal.create(
        value.value(),
        value.value() instanceof BigDecimal decimal
            ? CatalystLiterals.decimalType(decimal)
            : value.type());
  }

  /** The parser balances long chains of AND and OR, so they are compared as flat lists. */
  private static List<List<Expression>> disjuncts(Expression parsed) {
    return parsed instanceof Or or
        ? Stream.of(or.left(), or.right()).flatMap(part -> disjuncts(part).stream()).toList()
        : List.of(Conjuncts.of(parsed));
  }
}
