package io.penstock.spark.sql;

import io.penstock.spark.sql.PartitionPredicate.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.LessThan;
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
   * @throws IllegalArgumentException when that differs from the comparisons it was rendered from
   */
  static Expression parse(String sql, List<List<Comparison>> alternatives) {
    Expression parsed = new CatalystSqlParser().parseExpression(sql);
    if (!disjuncts(parsed).equals(expected(alternatives))) {
      throw SqlErrors.changedByParser(sql, parsed.toString());
    }
    return parsed;
  }

  private static List<List<Expression>> expected(List<List<Comparison>> alternatives) {
    if (PartitionPredicate.isOneColumn(alternatives)) {
      List<Expression> values =
          alternatives.stream().map(a -> literal(a.get(0).partition())).toList();
      return List.of(
          List.of(
              new In(
                  attribute(alternatives.get(0).get(0).partition()),
                  CollectionConverters.asScala(values).toSeq())));
    }
    return alternatives.stream()
        .map(comparisons -> comparisons.stream().map(ParsedPredicate::comparison).toList())
        .toList();
  }

  private static Expression comparison(Comparison comparison) {
    Expression column = attribute(comparison.partition());
    Expression value = literal(comparison.partition());
    return switch (comparison.operator()) {
      case EQUAL -> new EqualTo(column, value);
      case AT_LEAST -> new GreaterThanOrEqual(column, value);
      case BELOW -> new LessThan(column, value);
    };
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
