package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.ArrayAggregate;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.UnionBase;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses to compare or combine structs whose fields have the same names in another order: Spark
 * matches fields by position.
 */
final class MixedFields {
  /** Two types whose values are compared or combined. */
  private record Pair(DataType left, DataType right) {}

  private MixedFields() {}

  /** Of a union or another set operation. */
  static Optional<PlanProblemException> refusal(LogicalPlan plan) {
    if (!(plan instanceof UnionBase || plan instanceof SetOperation)) {
      return Optional.empty();
    }
    List<LogicalPlan> parts = CollectionConverters.asJava(plan.children());
    return refusal(
        parts.stream().skip(1).flatMap(part -> pairs(columns(parts.get(0)), columns(part))));
  }

  /** Of a comparison or an implicit cast. */
  static Optional<PlanProblemException> refusal(Expression expression) {
    return refusal(compared(expression));
  }

  private static Stream<Pair> compared(Expression expression) {
    if (expression instanceof Cast cast) {
      return cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty()
          ? Stream.of(new Pair(cast.child().dataType(), cast.dataType()))
          : Stream.empty();
    }
    if (expression instanceof BinaryComparison comparison) {
      return pair(comparison.left(), comparison.right());
    }
    if (expression instanceof In in) {
      return CollectionConverters.asJava(in.list()).stream()
          .flatMap(listed -> pair(in.value(), listed));
    }
    if (expression instanceof ArrayAggregate aggregate) {
      // The merged value takes the place of the initial one.
      return pair(aggregate.zero(), aggregate.merge());
    }
    return expression instanceof InSubquery in
        ? pairs(CollectionConverters.asJava(in.values()), columns(in.query().plan()))
        : Stream.empty();
  }

  private static Stream<Pair> pair(Expression left, Expression right) {
    return isRowValue(left) && isRowValue(right)
        ? Stream.empty()
        : Stream.of(new Pair(left.dataType(), right.dataType()));
  }

  /**
   * Whether it is a row value, such as {@code (a, b)}: its fields are named after its columns, and
   * SQL compares row values by position.
   */
  private static boolean isRowValue(Expression value) {
    return value instanceof CreateNamedStruct row
        && IntStream.range(0, row.valExprs().size())
            .allMatch(
                i ->
                    name(row.valExprs().apply(i))
                        .filter(row.dataType().fieldNames()[i]::equals)
                        .isPresent());
  }

  /** The name that Spark gives to a field made from a value. */
  private static Optional<String> name(Expression value) {
    if (value instanceof GetStructField field) {
      return Optional.of(field.extractFieldName());
    }
    return value instanceof NamedExpression column ? Optional.of(column.name()) : Optional.empty();
  }

  private static List<Attribute> columns(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.output());
  }

  private static Stream<Pair> pairs(
      List<? extends Expression> left, List<? extends Expression> right) {
    return IntStream.range(0, Math.min(left.size(), right.size()))
        .mapToObj(i -> new Pair(left.get(i).dataType(), right.get(i).dataType()));
  }

  private static Optional<PlanProblemException> refusal(Stream<Pair> pairs) {
    return pairs
        .flatMap(pair -> FieldOrder.byPosition(pair.left(), pair.right()).stream())
        .findFirst()
        .map(MixedFields::mixed);
  }

  private static PlanProblemException mixed(List<List<String>> fields) {
    return new PlanProblemException(
        "MIXED_FIELDS",
        "Cannot combine structs with the fields %s and %s: Spark matches them by position."
            .formatted(fields.get(0), fields.get(1)),
        "build them with the same fields in the same order, with named_struct or struct.");
  }
}
