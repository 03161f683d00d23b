package io.penstock.spark.expressions;

import io.penstock.spark.datetime.ClockReads;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.text.WordList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FileSourceMetadataAttribute$;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;

/**
 * Finds functions that would make a second run differ from the first: those that depend on the
 * clock, on random numbers, on the user or on the layout of the rows.
 */
public final class ForbiddenFunctions {
  private static final Map<Dependence, Set<String>> CLASSES =
      Map.of(
          Dependence.CLOCK,
          WordList.of(
              """
              CurrentTimestamp CurrentDate CurrentTime Now LocalTimestamp CurrentBatchTimestamp
              """),
          Dependence.SESSION,
          WordList.of(
              """
              CurrentUser CurrentDatabase CurrentCatalog CurrentPath CurrentTimeZone SparkVersion
              """),
          Dependence.RANDOM,
          WordList.of("Rand Randn RandStr Uniform Uuid Shuffle"),
          Dependence.LAYOUT,
          WordList.of(
              """
              MonotonicallyIncreasingID SparkPartitionID InputFileName InputFileBlockStart
              InputFileBlockLength
              """),
          Dependence.REFLECTION,
          WordList.of("CallMethodViaReflection TryReflect"));

  private ForbiddenFunctions() {}

  /** The forbidden functions of a plan, by name. */
  public static Set<ForbiddenFunction> in(LogicalPlan plan) {
    return in(plan, PlanWalk.noneSeen());
  }

  /**
   * The forbidden functions of those parts of a plan that weren't looked at before.
   *
   * @param seen the nodes of earlier plans, to which those of this one are added
   */
  public static Set<ForbiddenFunction> in(LogicalPlan plan, Set<LogicalPlan> seen) {
    Set<ForbiddenFunction> found = new TreeSet<>();
    PlanWalk.over(
        plan,
        node -> {
          if (node instanceof Sample) {
            found.add(new ForbiddenFunction("TABLESAMPLE", Dependence.RANDOM));
          }
        },
        expression -> find(expression).ifPresent(found::add),
        seen);
    return found;
  }

  /**
   * Refuses a plan with a forbidden function.
   *
   * @throws PlanProblemException for the first one
   */
  static void refuseIn(LogicalPlan plan) {
    in(plan).stream()
        .findFirst()
        .ifPresent(
            function -> {
              throw function.refusal();
            });
  }

  /** Why one expression is forbidden, apart from its children. */
  public static Optional<ForbiddenFunction> find(Expression expression) {
    if (isHiddenColumn(expression)) {
      return Optional.of(new ForbiddenFunction(((Attribute) expression).name(), Dependence.LAYOUT));
    }
    String type = expression.getClass().getSimpleName();
    Optional<Dependence> known =
        CLASSES.entrySet().stream()
            .filter(entry -> entry.getValue().contains(type))
            .map(Map.Entry::getKey)
            .findFirst();
    if (known.isEmpty() && expression instanceof Nondeterministic && !isHarmless(type)) {
      known = Optional.of(Dependence.RANDOM);
    }
    return known.isPresent()
        ? known.map(dependence -> new ForbiddenFunction(expression.prettyName(), dependence))
        : clockRead(expression);
  }

  /** The metadata columns of a source, such as the name and the time of a file. */
  private static boolean isHiddenColumn(Expression expression) {
    return expression instanceof Attribute column
        && FileSourceMetadataAttribute$.MODULE$.isValid(column.metadata());
  }

  private static Optional<ForbiddenFunction> clockRead(Expression expression) {
    return ClockReads.in(expression)
        .map(
            read ->
                new ForbiddenFunction(
                    read.sql(), Dependence.CLOCK, read.fix().orElse(Dependence.CLOCK.fix())));
  }

  /** Marked as nondeterministic only so that the optimizer doesn't move them. */
  private static boolean isHarmless(String type) {
    return type.equals("RaiseError") || type.equals("AssertTrue");
  }
}
