package io.penstock.spark.coercion;

import io.penstock.spark.coercion.Meeting.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayExcept;
import org.apache.spark.sql.catalyst.expressions.ArrayInsert;
import org.apache.spark.sql.catalyst.expressions.ArrayIntersect;
import org.apache.spark.sql.catalyst.expressions.ArrayPosition;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.ArrayUnion;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameLessOffsetWindowFunction;
import org.apache.spark.sql.catalyst.expressions.GetMapValue;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.MapConcat;
import org.apache.spark.sql.catalyst.expressions.MapZipWith;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.UnionBase;
import org.apache.spark.sql.types.ArrayType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the values that meet in a node of a plan or in an expression, apart from those below it.
 *
 * <p>Arithmetic isn't among them: its result is a value of its own, with the type that SQL gives
 * it.
 */
final class Meetings {
  private Meetings() {}

  /** The columns that a set operation puts together, or that UNPIVOT turns into rows. */
  static List<Meeting> in(LogicalPlan plan) {
    if (plan instanceof UnionBase || plan instanceof SetOperation) {
      List<LogicalPlan> parts = list(plan.children());
      return IntStream.range(0, plan.output().size())
          .mapToObj(
              i ->
                  new Meeting(
                      Purpose.COMBINE, parts.stream().map(part -> Side.ofColumn(part, i)).toList()))
          .toList();
    }
    if (plan instanceof Expand expand) {
      List<Seq<Expression>> rows = list(expand.projections());
      return IntStream.range(0, expand.output().size())
          .mapToObj(i -> meeting(Purpose.COMBINE, rows.stream().map(row -> row.apply(i)).toList()))
          .toList();
    }
    return List.of();
  }

  /** The parts of an expression that are compared, or of which one is taken. */
  static List<Meeting> in(Expression expression) {
    if (expression instanceof InSubquery in) {
      List<Expression> values = list(in.values());
      return IntStream.range(0, values.size())
          .mapToObj(
              i ->
                  new Meeting(
                      Purpose.COMPARE,
                      List.of(Side.of(values.get(i)), Side.ofColumn(in.query().plan(), i))))
          .toList();
    }
    if (expression instanceof CreateMap map) {
      return List.of(
          meeting(Purpose.COMBINE, list(map.keys())), meeting(Purpose.COMBINE, list(map.values())));
    }
    if (compares(expression)) {
      return List.of(meeting(Purpose.COMPARE, list(expression.children())));
    }
    List<Expression> choices = choices(expression);
    return choices.isEmpty() ? List.of() : List.of(meeting(Purpose.COMBINE, choices));
  }

  private static boolean compares(Expression expression) {
    return expression instanceof BinaryComparison
        || expression instanceof In
        || expression instanceof ArrayContains
        || expression instanceof ArrayPosition
        || expression instanceof ArrayRemove
        || expression instanceof ArrayExcept
        || expression instanceof ArrayIntersect
        || expression instanceof ArraysOverlap
        || expression instanceof GetMapValue
        || expression instanceof ElementAt;
  }

  /** The values of which an expression yields one, or which it puts together. */
  private static List<Expression> choices(Expression expression) {
    if (expression instanceof CaseWhen cases) {
      List<Expression> values = new ArrayList<>();
      list(cases.branches()).forEach(branch -> values.add(branch._2()));
      values.addAll(CollectionConverters.asJava(cases.elseValue().toList()));
      return values;
    }
    if (expression instanceof If choice) {
      return List.of(choice.trueValue(), choice.falseValue());
    }
    if (expression instanceof FrameLessOffsetWindowFunction neighbour) {
      return List.of(neighbour.children().apply(0), neighbour.children().apply(2));
    }
    if (expression instanceof ArrayInsert insert) {
      return List.of(insert.srcArrayExpr(), insert.itemExpr());
    }
    if (expression instanceof MapZipWith maps) {
      return List.of(maps.children().apply(0), maps.children().apply(1));
    }
    boolean all =
        expression instanceof Coalesce
            || expression instanceof Greatest
            || expression instanceof Least
            || expression instanceof CreateArray
            || expression instanceof ArrayUnion
            || expression instanceof MapConcat
            || expression instanceof NaNvl
            || (expression instanceof Concat && expression.dataType() instanceof ArrayType);
    return all ? list(expression.children()) : List.of();
  }

  private static Meeting meeting(Purpose purpose, List<Expression> parts) {
    return new Meeting(purpose, parts.stream().map(Side::of).toList());
  }

  private static <T> List<T> list(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
