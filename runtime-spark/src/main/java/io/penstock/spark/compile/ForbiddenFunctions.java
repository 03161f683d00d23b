package io.penstock.spark.compile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;

/**
 * Functions that would make a second run differ from the first: those that read the clock, throw
 * dice, or depend on who runs and on how rows are laid out.
 */
final class ForbiddenFunctions {
  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("CurrentTimestamp", "CLOCK"),
          Map.entry("CurrentTimestampLike", "CLOCK"),
          Map.entry("CurrentDate", "CLOCK"),
          Map.entry("CurrentTime", "CLOCK"),
          Map.entry("Now", "CLOCK"),
          Map.entry("LocalTimestamp", "CLOCK"),
          Map.entry("CurrentBatchTimestamp", "CLOCK"),
          Map.entry("CurrentUser", "SESSION"),
          Map.entry("CurrentDatabase", "SESSION"),
          Map.entry("CurrentCatalog", "SESSION"),
          Map.entry("Rand", "RANDOM"),
          Map.entry("Randn", "RANDOM"),
          Map.entry("RandStr", "RANDOM"),
          Map.entry("Uniform", "RANDOM"),
          Map.entry("Uuid", "RANDOM"),
          Map.entry("Shuffle", "RANDOM"),
          Map.entry("MonotonicallyIncreasingID", "LAYOUT"),
          Map.entry("SparkPartitionID", "LAYOUT"),
          Map.entry("InputFileName", "LAYOUT"),
          Map.entry("InputFileBlockStart", "LAYOUT"),
          Map.entry("InputFileBlockLength", "LAYOUT"));

  private ForbiddenFunctions() {}

  /** The names of the forbidden functions in a plan, with what each depends on, sorted. */
  static Set<String> in(LogicalPlan plan) {
    Set<String> found = new TreeSet<>();
    PlanWalk.over(
        plan,
        node -> {
          if (node instanceof Sample) {
            found.add("TABLESAMPLE");
          }
        },
        expression -> name(expression).ifPresent(found::add));
    return found;
  }

  /** A problem's code for a function found. */
  static String code(String function) {
    return switch (WHY.getOrDefault(function, "RANDOM")) {
      case "CLOCK" -> "CLOCK_FUNCTION";
      case "SESSION" -> "SESSION_FUNCTION";
      case "LAYOUT" -> "LAYOUT_FUNCTION";
      default -> "RANDOM_FUNCTION";
    };
  }

  /** What to use instead. */
  static String fix(String function) {
    return switch (code(function)) {
      case "CLOCK_FUNCTION" ->
          "use :from or :to, the bounds of the run's interval, or a declared parameter.";
      case "SESSION_FUNCTION" -> "declare a parameter and hand the value in.";
      case "LAYOUT_FUNCTION" -> "use a key of the data, such as row_number() over a total order.";
      default -> "derive the value from the data, such as xxhash64(key).";
    };
  }

  private static Optional<String> name(Expression expression) {
    String name = expression.getClass().getSimpleName();
    if (WHY.containsKey(name)) {
      return Optional.of(name);
    }
    return expression instanceof Nondeterministic && !isHarmless(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** These are marked nondeterministic in order not to be moved, and yield the same every time. */
  private static boolean isHarmless(String name) {
    return name.equals("RaiseError") || name.equals("AssertTrue");
  }
}
