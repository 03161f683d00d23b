package io.penstock.spark.coercion;

import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.PartialFunction;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses to compare or combine values that Spark converts to a type which doesn't hold all of
 * them: it would drop digits, or take different texts for the same value, without an error.
 */
public final class LossyMeetings {
  private LossyMeetings() {}

  /** Of a node of an analysed plan, apart from its expressions and the nodes below it. */
  public static List<PlanProblemException> in(LogicalPlan plan) {
    return problems(Meetings.in(plan));
  }

  /** Of an expression of an analysed plan, apart from its parts. */
  public static List<PlanProblemException> in(Expression expression) {
    return expression instanceof With with
        ? withDefinitions(with)
        : problems(Meetings.in(expression));
  }

  /**
   * Of an expression such as BETWEEN, which names a value once and uses it several times: the value
   * is put back where it is used.
   */
  private static List<PlanProblemException> withDefinitions(With with) {
    Map<Object, Expression> definitions = new HashMap<>();
    CollectionConverters.asJava(with.defs())
        .forEach(definition -> definitions.put(definition.id(), definition.child()));
    Expression whole =
        with.child()
            .transform(
                PartialFunction.fromFunction(
                    part ->
                        part instanceof CommonExpressionRef reference
                                && definitions.containsKey(reference.id())
                            ? definitions.get(reference.id())
                            : part));
    List<PlanProblemException> problems = new ArrayList<>();
    whole.foreach(
        part -> {
          problems.addAll(problems(Meetings.in(part)));
          return null;
        });
    return problems;
  }

  private static List<PlanProblemException> problems(List<Meeting> meetings) {
    return meetings.stream()
        .flatMap(meeting -> meeting.lossy().map(side -> problem(meeting, side)).stream())
        .toList();
  }

  private static PlanProblemException problem(Meeting meeting, Side lossy) {
    Side partner = meeting.partner(lossy);
    String both = "%s (%s) %s %s (%s)";
    String sides =
        both.formatted(
            lossy.sql(),
            lossy.type().sql(),
            meeting.purpose() == Meeting.Purpose.COMPARE ? "with" : "and",
            partner.sql(),
            partner.type().sql());
    String message =
        meeting.purpose() == Meeting.Purpose.COMPARE
            ? "Cannot compare %s exactly: Spark compares them as %s, %s."
            : "Cannot combine %s exactly: Spark makes both %s, %s.";
    return new PlanProblemException(
        "TYPE_MISMATCH",
        message.formatted(sides, lossy.commonType().sql(), Loss.of(lossy)),
        Loss.fix(lossy, partner));
  }
}
