package io.penstock.spark.run;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.plan.Node;
import io.penstock.plan.NodeExpression;
import io.penstock.plan.NodeExpression.Role;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import io.penstock.plan.Write;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.trees.SQLQueryContext;

/**
 * Finds the steps whose expressions could not be computed. Spark's exceptions hold the text that an
 * expression was parsed from, which is what the user wrote.
 */
public final class FailingSteps {
  private static final int LONGEST_TEXT = 300;
  private static final int MOST_PLACES = 8;
  private static final Pattern PLAIN_COLUMN =
      Pattern.compile("[\\w.`*]+(?:\\s+AS\\s+[\\w`]+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern RAISING =
      Pattern.compile("\\b(?:raise_error|assert_true)\\s*\\(", Pattern.CASE_INSENSITIVE);

  private final List<Place> places = new ArrayList<>();

  /**
   * An expression, and where it stands.
   *
   * @param node whose rows it is computed on, or the query itself
   */
  private record Place(Node node, String at, String text) {
    boolean isQuery() {
      return NodeProperties.of(node).query().isPresent();
    }

    boolean isNative() {
      return NodeProperties.of(node).nativeCode().isPresent();
    }
  }

  /** What Spark says about the failing expression. */
  private record Found(String fragment, String text, int line) {}

  private FailingSteps(List<Node> nodes, List<Write> writes) {
    for (Node node : nodes) {
      texts(node).forEach(text -> places.add(new Place(node, at(node), text)));
    }
    for (Write write : writes) {
      NodeExpression.of(write.sink().expectations())
          .forEach(check -> places.add(new Place(write.rows(), write.place(), check.text())));
    }
  }

  static FailingSteps of(List<Write> writes) {
    return new FailingSteps(Nodes.inOrder(writes), writes);
  }

  public static FailingSteps of(Node node) {
    return new FailingSteps(Nodes.from(List.of(node)), List.of());
  }

  /** The failure, with the steps that it arose in, where they can be told. */
  public Failure placed(Failure failure, Throwable thrown) {
    List<SparkThrowable> raised =
        FileDamage.causes(thrown).stream()
            .filter(SparkThrowable.class::isInstance)
            .map(SparkThrowable.class::cast)
            .toList();
    Optional<Found> found = raised.stream().flatMap(FailingSteps::found).findFirst();
    if (found.isPresent()) {
      return placed(failure, found.get());
    }
    if (raised.stream().anyMatch(cause -> is(cause, "USER_RAISED_EXCEPTION"))) {
      return at(failure, "Raised", places.stream().filter(FailingSteps::raises).toList());
    }
    if (raised.stream().anyMatch(cause -> is(cause, "FAILED_EXECUTE_UDF"))) {
      return at(failure, "Thrown by code", places.stream().filter(Place::isNative).toList());
    }
    // Some of Spark's functions don't say where they stand: then it was one of the steps.
    boolean ofValue =
        failure.code().equals(Failures.EXPRESSION_FAILED)
            || raised.stream().anyMatch(FailingSteps::isDataException)
            || (failure.kind() == FailureKind.DATA
                && raised.stream().anyMatch(cause -> is(cause, "INVALID_FORMAT")));
    return ofValue
        ? at(failure, "Arose", places.stream().filter(FailingSteps::computes).toList())
        : failure;
  }

  private static boolean isDataException(SparkThrowable cause) {
    return String.valueOf(cause.getSqlState()).startsWith("22");
  }

  private static boolean computes(Place place) {
    return !PLAIN_COLUMN.matcher(place.text()).matches() && !place.isNative();
  }

  private Failure placed(Failure failure, Found found) {
    List<Place> here = places.stream().filter(place -> isIn(place, found)).toList();
    boolean query = here.stream().anyMatch(Place::isQuery);
    String what = query || found.text().length() > LONGEST_TEXT ? found.fragment() : found.text();
    String where =
        here.isEmpty()
            ? ""
            : (query ? " in line " + found.line() + " of the query" : "")
                + " at "
                + here.stream().map(Place::at).distinct().collect(Collectors.joining(", and at "));
    return withMessage(
        failure,
        "Cannot compute \"%s\"%s: %s"
            .formatted(Printable.beginning(what, LONGEST_TEXT), where, failure.message()),
        here);
  }

  private static Failure at(Failure failure, String verb, List<Place> here) {
    if (here.isEmpty()) {
      return failure;
    }
    String where = some(here.stream().map(Place::at).distinct().toList());
    return withMessage(failure, "%s\n%s at %s.".formatted(failure.message(), verb, where), here);
  }

  /** Adds all sources of the steps: a computed row doesn't say which file it came from. */
  private static Failure withMessage(Failure failure, String message, List<Place> here) {
    Set<String> sources = new LinkedHashSet<>();
    for (Place place : here) {
      Nodes.from(List.of(place.node())).stream()
          .flatMap(node -> NodeProperties.of(node).source().stream())
          .map(read -> read.source().path().text())
          .forEach(sources::add);
    }
    String from =
        sources.isEmpty() ? "" : "\nThe rows come from " + String.join(", ", sources) + ".";
    return new Failure(
        failure.kind(), failure.code(), message + from, failure.fix(), failure.cause());
  }

  private static String some(List<String> places) {
    String first = places.stream().limit(MOST_PLACES).collect(Collectors.joining(", or at "));
    return places.size() > MOST_PLACES ? first + ", or at a later step" : first;
  }

  private static boolean is(SparkThrowable cause, String condition) {
    return String.valueOf(cause.getCondition()).startsWith(condition);
  }

  private static boolean raises(Place place) {
    return RAISING.matcher(place.text()).find();
  }

  /** An item of an ORDER BY is parsed as the end of a query. */
  private static boolean isIn(Place place, Found found) {
    return found.text().equals(place.text()) || found.text().endsWith(" ORDER BY " + place.text());
  }

  private static Stream<Found> found(SparkThrowable cause) {
    QueryContext[] contexts = cause.getQueryContext();
    return contexts == null
        ? Stream.empty()
        : Stream.of(contexts)
            .filter(SQLQueryContext.class::isInstance)
            .map(SQLQueryContext.class::cast)
            .filter(SQLQueryContext::isValid)
            .map(
                context ->
                    new Found(
                        context.fragment(),
                        context.sqlText().get(),
                        (Integer) context.line().get()));
  }

  /** Native code is known by its name. */
  private static List<String> texts(Node node) {
    NodeProperties step = NodeProperties.of(node);
    return step.nativeCode().isPresent()
        ? List.of(step.nativeCode().get().name())
        : step.expressions().stream()
            .filter(expression -> expression.role() != Role.COLUMN_NAME)
            .map(NodeExpression::text)
            .toList();
  }

  private static String at(Node node) {
    String name =
        NodeProperties.of(node).nativeCode().map(transform -> " " + transform.name()).orElse("");
    return node.operation() + name + " (" + node.site() + ")";
  }
}
