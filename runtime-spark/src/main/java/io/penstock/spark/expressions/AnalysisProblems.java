package io.penstock.spark.expressions;

import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.text.ExceptionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Translates exceptions of Spark's analyser to problems in the terms of the language. */
public final class AnalysisProblems {
  /** The columns that an expression can use: by name, and by alias and name. */
  public record Visible(List<String> plain, List<String> qualified) {}

  private final SparkSession session;

  public AnalysisProblems(SparkSession session) {
    this.session = session;
  }

  /**
   * The problem of a node.
   *
   * @param text the expression at fault, as the user wrote it; empty when the whole step is at
   *     fault
   * @param columns the columns that the expression can use
   */
  public Problem of(Node node, Throwable e, Optional<String> text, Visible columns) {
    return e instanceof PlanProblemException problem
        ? problem.at(node.place())
        : Problem.at(node, code(e), message(node, e, text), fix(e, columns));
  }

  /** Whether an exception reports a problem of the user's plan, and not of the engine. */
  public static boolean isProblem(Throwable e) {
    return e instanceof AnalysisException || e instanceof PlanProblemException;
  }

  /** The stable code of a problem. */
  private static String code(Throwable e) {
    String condition = condition(e);
    return switch (condition) {
      case "UNRESOLVED_ROUTINE" -> "UNKNOWN_FUNCTION";
      case "UNRESOLVED_USING_COLUMN_FOR_JOIN", "UNRESOLVED_FIELD", "FIELD_NOT_FOUND" ->
          "UNRESOLVED_COLUMN";
      case "AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION",
          "INVALID_NON_DETERMINISTIC_EXPRESSIONS" ->
          Dependence.RANDOM.code();
      case "AMBIGUOUS_REFERENCE", "AMBIGUOUS_COLUMN_REFERENCE" -> "AMBIGUOUS_COLUMN";
      case "DATATYPE_MISMATCH", "UNEXPECTED_INPUT_TYPE" -> "TYPE_MISMATCH";
      default -> condition;
    };
  }

  private static String message(Node node, Throwable e, Optional<String> text) {
    String where = text.map(t -> " in \"" + t + "\"").orElse("");
    Map<String, String> parameters = parameters(e);
    return switch (code(e)) {
      case "UNRESOLVED_COLUMN" -> {
        String side =
            parameters.containsKey("side")
                ? " on the " + parameters.get("side") + " side of the join"
                : "";
        yield "Cannot find '%s'%s%s.".formatted(columnName(parameters), side, where);
      }
      case "UNKNOWN_FUNCTION" ->
          "Cannot find function '%s'%s.".formatted(value(parameters, "routineName"), where);
      case "AMBIGUOUS_COLUMN" ->
          "Cannot tell which column '%s' is meant%s: %s."
              .formatted(
                  value(parameters, "name"),
                  where,
                  AmbiguousColumn.sides(node, value(parameters, "name"), parameters));
      case "RANDOM_FUNCTION" ->
          "Cannot use a random function%s: %s".formatted(where, Dependence.RANDOM.reason());
      default -> ExceptionText.sentence(e) + (where.isEmpty() ? "" : "\nFound%s.".formatted(where));
    };
  }

  /** What to do about the exception. */
  String fix(Throwable e, Visible columns) {
    if (e instanceof PlanProblemException problem) {
      return problem.failure().fix();
    }
    Map<String, String> parameters = parameters(e);
    return switch (code(e)) {
      case "UNRESOLVED_COLUMN" -> columnFix(parameters, columns);
      case "RANDOM_FUNCTION" -> Dependence.RANDOM.fix();
      case "UNKNOWN_FUNCTION" -> functionFix(value(parameters, "routineName"));
      case "AMBIGUOUS_COLUMN" ->
          "give both sides an alias and name the side, such as 'a.%s', or drop one of the two."
              .formatted(value(parameters, "name"));
      case "TYPE_MISMATCH" -> "cast one of the operands, such as CAST(x AS BIGINT).";
      default -> "correct the expression. Columns: " + String.join(", ", columns.plain()) + ".";
    };
  }

  private static String columnFix(Map<String, String> parameters, Visible visible) {
    String name = columnName(parameters);
    if (parameters.containsKey("fields")) {
      return Suggestions.sentence(
          name, "Fields", List.of(unquoted(parameters.get("fields")).split(", ")));
    }
    int dot = name.lastIndexOf('.');
    boolean qualified = dot > 0 && !visible.qualified().isEmpty();
    return qualified
        ? Suggestions.sentence(name, "Columns", visible.qualified())
        : Suggestions.sentence(name.substring(dot + 1), "Columns", visible.plain());
  }

  private String functionFix(String name) {
    List<String> functions = new ArrayList<>();
    CollectionConverters.asJava(session.sessionState().functionRegistry().listFunction())
        .forEach(function -> functions.add(function.funcName()));
    return Suggestions.nearest(name, functions)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElse("use a function of Spark SQL.");
  }

  private static String condition(Throwable e) {
    String condition = e instanceof AnalysisException analysis ? analysis.getCondition() : null;
    return condition == null
        ? "INVALID_EXPRESSION"
        : condition.split("\\.", 2)[0].toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> parameters(Throwable e) {
    return e instanceof AnalysisException analysis ? analysis.getMessageParameters() : Map.of();
  }

  private static String columnName(Map<String, String> parameters) {
    return Stream.of("objectName", "colName", "fieldName")
        .map(name -> value(parameters, name))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String value(Map<String, String> parameters, String name) {
    return unquoted(parameters.getOrDefault(name, ""));
  }

  private static String unquoted(String name) {
    return name.replace("`", "");
  }
}
