package io.penstock.spark.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads a rendered predicate back and requires that it is exactly what was meant. */
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
    return Literal.create(value.value(), literalType(value));
  }

  /** A decimal literal is as narrow as its digits allow. */
  private static DataType literalType(PartitionValue value) {
    if (value.value() instanceof BigDecimal decimal) {
      return new DecimalType(Math.max(decimal.precision(), decimal.scale()), decimal.scale());
    }
    return value.type();
  }

  // The parser balances long chains, so chains are compared flat.
  private static List<List<Expression>> disjuncts(Expression parsed) {
    List<List<Expression>> disjuncts = new ArrayList<>();
    collectDisjuncts(parsed, disjuncts);
    return disjuncts;
  }

  private static void collectDisjuncts(Expression expression, List<List<Expression>> into) {
    if (expression instanceof Or or) {
      collectDisjuncts(or.left(), into);
      collectDisjuncts(or.right(), into);
    } else {
      List<Expression> conjuncts = new ArrayList<>();
      collectConjuncts(expression, conjuncts);
      into.add(conjuncts);
    }
  }

  private static void collectConjuncts(Expression expression, List<Expression> into) {
    if (expression instanceof And and) {
      collectConjuncts(and.left(), into);
      collectConjuncts(and.right(), into);
    } else {
      into.add(expression);
    }
  }
}
