package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.NodeExpression;
import io.penstock.plan.NodeExpression.Role;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Problem;
import io.penstock.spark.expressions.AnalysisProblems;
import io.penstock.spark.expressions.AnalysisProblems.Visible;
import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.classic.ExpressionUtils;

/**
 * Finds which expressions of a step are at fault by analysing each one separately, so that all of
 * them are reported at once.
 */
final class ProblemLocator {
  /** One analysis that may fail. */
  private interface SparkAnalysis {
    void run() throws AnalysisException;
  }

  private final FrameBuilder frames;
  private final AnalysisProblems translator;

  ProblemLocator(FrameBuilder frames, AnalysisProblems translator) {
    this.frames = frames;
    this.translator = translator;
  }

  /** The problems of a step whose frame could not be built. */
  List<Problem> locate(Node node, Throwable failure) {
    NodeProperties step = NodeProperties.of(node);
    Visible columns = visibleColumns(node);
    Attempts attempts = new Attempts(node, columns);
    if (node.inputs().size() == 1) {
      Dataset<Row> input = frames.frame(node.inputs().get(0));
      attempts.names(step, input);
      attempts.expressions(step, input);
      attempts.aggregates(step, input);
    }
    return attempts.problems.isEmpty()
        ? List.of(translator.of(node, failure, onlyExpression(step), columns))
        : attempts.problems;
  }

  /** Analyses the expressions of one step separately. */
  private final class Attempts {
    private final Node node;
    private final Visible columns;
    private final List<Problem> problems = new ArrayList<>();

    Attempts(Node node, Visible columns) {
      this.node = node;
      this.columns = columns;
    }

    void names(NodeProperties step, Dataset<Row> input) {
      for (String name : step.expressions(Role.COLUMN_NAME)) {
        if (!VisibleColumns.contain(input, name)) {
          PlanProblemException unresolved =
              PlanProblemException.unresolvedColumn(name, columns.plain());
          problems.add(translator.of(node, unresolved, Optional.empty(), columns));
        }
      }
    }

    void expressions(NodeProperties step, Dataset<Row> input) {
      for (NodeExpression expression : step.expressions()) {
        String text = expression.text();
        if (expression.role() == Role.COLUMN || expression.role() == Role.KEY) {
          attempt(text, () -> input.select(column(text)));
        } else if (expression.role() == Role.ORDER) {
          attempt(text, () -> requireVisible(text, input));
        }
      }
    }

    /** Aggregates are analysed over all rows when a key of the groups has a problem. */
    void aggregates(NodeProperties step, Dataset<Row> input) {
      Column[] keys =
          problems.isEmpty()
              ? step.expressions(Role.KEY).stream()
                  .map(ProblemLocator.this::column)
                  .toArray(Column[]::new)
              : new Column[0];
      for (String text : step.expressions(Role.AGGREGATE)) {
        attempt(text, () -> input.groupBy(keys).agg(column(text)));
      }
    }

    private void attempt(String text, SparkAnalysis analysis) {
      try {
        analysis.run();
      } catch (AnalysisException | PlanProblemException e) {
        problems.add(translator.of(node, e, Optional.of(text), columns));
      }
    }
  }

  private void requireVisible(String order, Dataset<Row> input) {
    SortOrder item = frames.expressions().order(List.of(order)).get(0);
    VisibleColumns.requireFor(ExpressionUtils.column(item.child()), input);
  }

  private Column column(String text) {
    return frames.expressions().column(text);
  }

  private static Optional<String> onlyExpression(NodeProperties step) {
    List<String> texts =
        Stream.of(Role.CONDITION, Role.COLUMN)
            .flatMap(role -> step.expressions(role).stream())
            .toList();
    return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
  }

  private Visible visibleColumns(Node node) {
    Set<String> plain = new LinkedHashSet<>();
    List<String> qualified = new ArrayList<>();
    for (Node input : node.inputs()) {
      plain.addAll(List.of(frames.frame(input).columns()));
      qualified.addAll(Aliases.qualifiedNames(frames.frame(input)));
    }
    NodeProperties.of(node)
        .query()
        .ifPresent(
            query ->
                query
                    .tables()
                    .forEach(
                        (name, rows) ->
                            List.of(frames.frame(rows).columns())
                                .forEach(column -> qualified.add(name + "." + column))));
    return new Visible(List.copyOf(plain), qualified);
  }
}
