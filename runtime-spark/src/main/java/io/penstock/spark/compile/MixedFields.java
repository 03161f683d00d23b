package io.penstock.spark.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/** Finds structs of the same fields in another order that meet: Spark goes by their position. */
final class MixedFields {
  /** Two types of which values are compared, or put together. */
  private record Meeting(DataType left, DataType right) {}

  private MixedFields() {}

  /** What keeps rows from being put together. */
  static Optional<PlanProblemException> refusal(LogicalPlan plan) {
    if (!(plan instanceof Union || plan instanceof SetOperation)) {
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
      return Stream.of(new Meeting(comparison.left().dataType(), comparison.right().dataType()));
    }
    return expression instanceof InSubquery in
        ? pairs(CollectionConverters.asJava(in.values()), columns(in.query().plan()))
        : Stream.empty();
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
        .flatMap(meeting -> UnionTypes.byPosition(meeting.left(), meeting.right()).stream())
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
