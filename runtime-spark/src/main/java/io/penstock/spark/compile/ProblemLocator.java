package io.penstock.spark.compile;

import io.penstock.plan.JoinCondition;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.compile.AnalysisProblems.Visible;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;

/**
 * Finds which of a step's expressions are at fault, by analysing each on its own, so that all of
 * them are reported at once.
 */
final class ProblemLocator {
  /** One analysis that may fail. */
  private interface Attempt {
    void analyse() throws AnalysisException;
  }

  private final FrameBuilder frames;
  private final AnalysisProblems words;

  ProblemLocator(FrameBuilder frames, AnalysisProblems words) {
    this.frames = frames;
    this.words = words;
  }

  /** The problems of a step whose frame could not be built. */
  List<Problem> locate(Node node, Throwable failure) {
    Visible columns = visibleColumns(node);
    List<Problem> problems = new ArrayList<>();
    if (node instanceof Node.Select select) {
      Dataset<Row> input = frames.frame(select.input());
      for (String text : select.expressions()) {
        attempt(node, text, columns, problems, () -> input.select(column(text)));
      }
    } else if (node instanceof Node.Aggregate aggregate) {
      locateIn(aggregate, columns, problems);
    } else if (node instanceof Node.Drop drop) {
      attemptNames(drop, drop.columns(), columns, problems);
    } else if (node instanceof Node.LatestBy latest) {
      attemptNames(latest, latest.keys(), columns, problems);
      attemptOrder(latest, latest.order(), columns, problems);
    } else if (node instanceof Node.OrderBy order) {
      attemptOrder(order, order.order(), columns, problems);
    }
    if (problems.isEmpty()) {
      problems.add(words.of(node, failure, onlyExpression(node), columns));
    }
    return problems;
  }

  private void attemptNames(
      Node.Unary node, List<String> names, Visible columns, List<Problem> problems) {
    Dataset<Row> input = frames.frame(node.input());
    for (String name : names) {
      if (!VisibleColumns.contain(input, name)) {
        PlanProblemException unresolved =
            PlanProblemException.unresolvedColumn(name, columns.plain());
        problems.add(words.of(node, unresolved, Optional.empty(), columns));
      }
    }
  }

  private void attemptOrder(
      Node.Unary node, List<String> order, Visible columns, List<Problem> problems) {
    Dataset<Row> input = frames.frame(node.input());
    for (String text : order) {
      attempt(
          node,
          text,
          columns,
          problems,
          () ->
              VisibleColumns.requireFor(
                  ExpressionUtils.column(frames.expressions().order(List.of(text)).get(0).child()),
                  input));
    }
  }

  private void locateIn(Node.Aggregate node, Visible columns, List<Problem> problems) {
    Dataset<Row> input = frames.frame(node.input());
    for (String key : node.keys()) {
      attempt(node, key, columns, problems, () -> input.select(column(key)));
    }
    if (!problems.isEmpty()) {
      // An aggregate can't be analysed by keys that can't: its columns still can, over all rows.
      node.aggregates()
          .forEach(text -> attempt(node, text, columns, problems, () -> input.agg(column(text))));
      return;
    }
    Column[] keys = node.keys().stream().map(this::column).toArray(Column[]::new);
    for (String text : node.aggregates()) {
      attempt(node, text, columns, problems, () -> input.groupBy(keys).agg(column(text)));
    }
  }

  private void attempt(
      Node node, String text, Visible columns, List<Problem> problems, Attempt attempt) {
    try {
      attempt.analyse();
    } catch (AnalysisException | PlanProblemException e) {
      problems.add(words.of(node, e, Optional.of(text), columns));
    }
  }

  private Column column(String text) {
    return frames.expressions().column(text);
  }

  private static Optional<String> onlyExpression(Node node) {
    if (node instanceof Node.Where where) {
      return Optional.of(where.condition());
    }
    if (node instanceof Node.With with) {
      return Optional.of(with.expression());
    }
    if (node instanceof Node.Join join && join.condition() instanceof JoinCondition.On on) {
      return Optional.of(on.predicate());
    }
    return Optional.empty();
  }

  private Visible visibleColumns(Node node) {
    Set<String> plain = new LinkedHashSet<>();
    List<String> qualified = new ArrayList<>();
    for (Node input : node.inputs()) {
      plain.addAll(List.of(frames.frame(input).columns()));
      qualified.addAll(Aliases.qualifiedNames(frames.frame(input)));
    }
    if (node instanceof Node.Sql sql) {
      sql.tables()
          .forEach(
              (name, rows) -> {
                for (String column : frames.frame(rows).columns()) {
                  qualified.add(name + "." + column);
                }
              });
    }
    return new Visible(List.copyOf(plain), qualified);
  }
}
