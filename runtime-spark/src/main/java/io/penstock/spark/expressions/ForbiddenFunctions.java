package io.penstock.spark.expressions;

import io.penstock.spark.clock.MovingTimes;
import io.penstock.spark.clock.TimeLiterals;
import io.penstock.spark.problems.PlanProblemException;
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
 * Finds functions that would make a second run differ from the first: those that read the clock,
 * throw dice, or depend on who runs and on how rows are laid out.
 */
public final class ForbiddenFunctions {
  /** What a function's result depends on besides its arguments. */
  public enum Dependence {
    CLOCK("use :from or :to, the bounds of the run's interval, or a declared parameter."),
    SESSION("declare a parameter and hand the value in."),
    RANDOM("derive the value from the data, such as xxhash64(key)."),
    LAYOUT("use a key of the data, such as row_number() over a total order."),
    REFLECTION(
        "it runs Java code that nobody has looked at.",
        "write the step in Java, transform(\"name\", SparkTransform.of(frame -> …))."),
    CATALOG(
        "it belongs to the session or its catalog, and may be another one in the next run.",
        "use a function of Spark SQL by its plain name, or write the step in Java,"
            + " transform(\"name\", SparkTransform.of(frame -> …))."),
    UNPROVED(
        "it is not known to depend on its arguments alone.",
        "use another function of Spark SQL, or write the step in Java,"
            + " transform(\"name\", SparkTransform.of(frame -> …)).");

    private final String reason;
    private final String fix;

    Dependence(String fix) {
      this("a second run of the same interval would give other rows.", fix);
    }

    Dependence(String reason, String fix) {
      this.reason = reason;
      this.fix = fix;
    }

    public String code() {
      return name() + "_FUNCTION";
    }

    /** What to use instead. */
    public String fix() {
      return fix;
    }
  }

  /** A forbidden function, by its name in SQL. */
  public record Found(String name, Dependence dependence, String fix) implements Comparable<Found> {
    Found(String name, Dependence dependence) {
      this(name, dependence, dependence.fix());
    }

    @Override
    public int compareTo(Found other) {
      return name.compareTo(other.name);
    }

    public String message() {
      return "Cannot use %s: %s".formatted(name, dependence.reason);
    }

    /** The problem that it is. */
    public PlanProblemException refusal() {
      return new PlanProblemException(dependence.code(), message(), fix);
    }
  }

  private static final Map<String, Dependence> BY_CLASS =
      Map.ofEntries(
          Map.entry("CurrentTimestamp", Dependence.CLOCK),
          Map.entry("CurrentDate", Dependence.CLOCK),
          Map.entry("CurrentTime", Dependence.CLOCK),
          Map.entry("Now", Dependence.CLOCK),
          Map.entry("LocalTimestamp", Dependence.CLOCK),
          Map.entry("CurrentBatchTimestamp", Dependence.CLOCK),
          Map.entry("CurrentUser", Dependence.SESSION),
          Map.entry("CurrentDatabase", Dependence.SESSION),
          Map.entry("CurrentCatalog", Dependence.SESSION),
          Map.entry("CurrentPath", Dependence.SESSION),
          Map.entry("CurrentTimeZone", Dependence.SESSION),
          Map.entry("SparkVersion", Dependence.SESSION),
          Map.entry("Rand", Dependence.RANDOM),
          Map.entry("Randn", Dependence.RANDOM),
          Map.entry("RandStr", Dependence.RANDOM),
          Map.entry("Uniform", Dependence.RANDOM),
          Map.entry("Uuid", Dependence.RANDOM),
          Map.entry("Shuffle", Dependence.RANDOM),
          Map.entry("MonotonicallyIncreasingID", Dependence.LAYOUT),
          Map.entry("CallMethodViaReflection", Dependence.REFLECTION),
          Map.entry("TryReflect", Dependence.REFLECTION),
          Map.entry("SparkPartitionID", Dependence.LAYOUT),
          Map.entry("InputFileName", Dependence.LAYOUT),
          Map.entry("InputFileBlockStart", Dependence.LAYOUT),
          Map.entry("InputFileBlockLength", Dependence.LAYOUT));

  private ForbiddenFunctions() {}

  /** The forbidden functions of a plan, by name. */
  public static Set<Found> in(LogicalPlan plan) {
    Set<Found> found = new TreeSet<>();
    PlanWalk.over(
        plan,
        node -> {
          if (node instanceof Sample) {
            found.add(new Found("TABLESAMPLE", Dependence.RANDOM));
          }
        },
        expression -> find(expression).ifPresent(found::add));
    return found;
  }

  /** A date literal such as {@code DATE'today'} in the text of an expression or a query. */
  static Optional<Found> movingLiteral(String sql) {
    return TimeLiterals.moving(sql).map(literal -> new Found(literal, Dependence.CLOCK));
  }

  /** What forbids one expression, its children aside. */
  public static Optional<Found> find(Expression expression) {
    if (isHiddenColumn(expression)) {
      return Optional.of(new Found(((Attribute) expression).name(), Dependence.LAYOUT));
    }
    String type = expression.getClass().getSimpleName();
    Dependence known = BY_CLASS.get(type);
    if (known == null && expression instanceof Nondeterministic && !isHarmless(type)) {
      known = Dependence.RANDOM;
    }
    return known == null
        ? movingTime(expression)
        : Optional.of(new Found(expression.prettyName(), known));
  }

  /** Names, times and places of files, which a source has besides the columns that it declares. */
  private static boolean isHiddenColumn(Expression expression) {
    return expression instanceof Attribute column
        && FileSourceMetadataAttribute$.MODULE$.isValid(column.metadata());
  }

  private static Optional<Found> movingTime(Expression expression) {
    return MovingTimes.in(expression)
        .map(
            moving ->
                new Found(
                    moving.what(), Dependence.CLOCK, moving.fix().orElse(Dependence.CLOCK.fix())));
  }

  /** These are marked nondeterministic in order not to be moved, and yield the same every time. */
  private static boolean isHarmless(String type) {
    return type.equals("RaiseError") || type.equals("AssertTrue");
  }
}
