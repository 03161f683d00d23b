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

/** Finds structs of the same fields in another order that meet: Spark goes by their position. */
final class MixedFields {
  /** Two types of which values are compared, or put together. */
  private record Meeting(DataType left, DataType right) {}

  private MixedFields() {}

  /** What keeps rows from being put together. */
  static Optional<PlanProblemException> refusal(LogicalPlan plan) {
    if (!(plan instanceof UnionBase || plan instanceof SetOperation)) {
      return Optional.empty();
    }
    List<LogicalPlan> parts = CollectionConverters.asJava(plan.children());
    return refusal(
        parts.stream().skip(1).flatMap(part -> pairs(columns(parts.get(0)), columns(part))));
  }

  /** What keeps values from being compared, or put together without a cast of the user's. */
  static Optional<PlanProblemException> refusal(Expression expression) {
    return refusal(meetings(expression));
  }

  private static Stream<Meeting> meetings(Expression expression) {
    if (expression instanceof Cast cast) {
      return cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty()
          ? Stream.of(new Meeting(cast.child().dataType(), cast.dataType()))
          : Stream.empty();
    }
    if (expression instanceof BinaryComparison comparison) {
      return meeting(comparison.left(), comparison.right());
    }
    if (expression instanceof In in) {
      return CollectionConverters.asJava(in.list()).stream()
          .flatMap(listed -> meeting(in.value(), listed));
    }
    if (expression instanceof ArrayAggregate aggregate) {
      // What its merge gives becomes the value that it begins with.
      return meeting(aggregate.zero(), aggregate.merge());
    }
    return expression instanceof InSubquery in
        ? pairs(CollectionConverters.asJava(in.values()), columns(in.query().plan()))
        : Stream.empty();
  }

  private static Stream<Meeting> meeting(Expression left, Expression right) {
    return isRowValue(left) && isRowValue(right)
        ? Stream.empty()
        : Stream.of(new Meeting(left.dataType(), right.dataType()));
  }

  /**
   * Whether it is a row value, such as {@code (a, b)}: its fields have the names of its columns,
   * and to SQL it is values in the order in which somebody wrote them.
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

  /** The name that Spark gives to a field which is made of a value. */
  private static Optional<String> name(Expression value) {
    if (value instanceof GetStructField field) {
      return Optional.of(field.extractFieldName());
    }
    return value instanceof NamedExpression column ? Optional.of(column.name()) : Optional.empty();
  }

  private static List<Attribute> columns(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.output());
  }

  private static Stream<Meeting> pairs(
      List<? extends Expression> left, List<? extends Expression> right) {
    return IntStream.range(0, Math.min(left.size(), right.size()))
        .mapToObj(i -> new Meeting(left.get(i).dataType(), right.get(i).dataType()));
  }

  private static Optional<PlanProblemException> refusal(Stream<Meeting> meetings) {
    return meetings
        .flatMap(meeting -> FieldOrder.byPosition(meeting.left(), meeting.right()).stream())
        .findFirst()
        .map(MixedFields::mixed);
  }

  private static PlanProblemException mixed(List<List<String>> fields) {
    return new PlanProblemException(
        "MIXED_FIELDS",
        "Cannot put structs with the fields %s and %s together: Spark goes by their position."
            .formatted(fields.get(0), fields.get(1)),
        "build them with the same fields in the same order, by named_struct or struct.");
  }
}
