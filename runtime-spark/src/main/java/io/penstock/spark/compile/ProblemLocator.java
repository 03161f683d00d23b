package io.penstock.spark.compile;

import io.penstock.plan.JoinCondition;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    List<String> columns = visibleColumns(node);
    List<Problem> problems = new ArrayList<>();
    if (node instanceof Node.Select select) {
      Dataset<Row> input = frames.frame(select.input());
      for (String text : select.expressions()) {
        attempt(node, text, columns, problems, () -> input.select(column(text)));
      }
    } else if (node instanceof Node.Aggregate aggregate) {
      locateIn(aggregate, columns, problems);
    }
    if (problems.isEmpty()) {
      problems.add(words.of(node, failure, onlyExpression(node), columns));
    }
    return problems;
  }

  private void locateIn(Node.Aggregate node, List<String> columns, List<Problem> problems) {
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
      Node node, String text, List<String> columns, List<Problem> problems, Attempt attempt) {
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
    if (node instanceof Node.OrderBy order) {
      return Optional.of(String.join(", ", order.order()));
    }
    return Optional.empty();
  }

  private List<String> visibleColumns(Node node) {
    List<String> columns = new ArrayList<>();
    for (Node input : node.inputs()) {
      for (String column : frames.frame(input).columns()) {
        if (!columns.contains(column)) {
          columns.add(column);
        }
      }
    }
    return columns;
  }
}
