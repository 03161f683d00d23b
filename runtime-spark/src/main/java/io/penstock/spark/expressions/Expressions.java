package io.penstock.spark.expressions;

import io.penstock.plan.Suggestions;
import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedOrdinal;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Converts the SQL expressions of a pipeline to Spark columns. Each {@code :name} is replaced by a
 * typed literal in the parsed tree; no SQL text is concatenated.
 */
public final class Expressions {
  private final SparkSession session;
  private final Bindings bindings;

  public Expressions(SparkSession session, Bindings bindings) {
    this.session = session;
    this.bindings = bindings;
  }

  /** An expression as a column, {@code "sum(amount) AS revenue"}. */
  public Column column(String text) {
    Expression parsed = SqlParser.parsed(text, session, ParserInterface::parseExpression);
    requireAllowed(parsed);
    new EagerEvaluation(session, this).refuseIn(parsed);
    return ExpressionUtils.column(bound(parsed));
  }

  public List<Column> columns(List<String> texts) {
    return texts.stream().map(this::column).toList();
  }

  /** Items of an ORDER BY, such as {@code "revenue DESC NULLS LAST"}. */
  public List<SortOrder> order(List<String> texts) {
    List<SortOrder> order = new ArrayList<>();
    for (String text : texts) {
      LogicalPlan plan =
          SqlParser.parsed(
              text,
              session,
              (parser, item) -> parser.parsePlan("SELECT * FROM rows ORDER BY " + item));
      if (!(plan instanceof Sort sort) || sort.order().size() != 1 || !isOverRows(sort)) {
        throw new PlanProblemException(
            "SYNTAX_ERROR",
            "Cannot order by \"" + text + "\": it is not one expression with a direction.",
            "give each expression as an argument, such as orderBy(\"revenue DESC\", \"userid\").");
      }
      SortOrder item = sort.order().head();
      if (item.child() instanceof UnresolvedOrdinal) {
        throw new PlanProblemException(
            "CONSTANT_ORDER",
            "Cannot order by \"" + text + "\": a number is the same for every row.",
            "use the name of the column.");
      }
      requireAllowed(item);
      new EagerEvaluation(session, this).refuseIn(item);
      order.add((SortOrder) bound(item));
    }
    return order;
  }

  /** Whether the text is a plain item: {@code a |> ORDER BY b} makes a query of its own. */
  private static boolean isOverRows(Sort sort) {
    return sort.child() instanceof Project all && all.child() instanceof UnresolvedRelation;
  }

  private void requireAllowed(Expression parsed) {
    refuseTables(parsed);
    AllowedSyntax.require(parsed, session);
  }

  /** The expression with every {@code :name} replaced by its value. */
  Expression bound(Expression expression) {
    return expression.transform(
        scala.PartialFunction.fromFunction(
            node -> node instanceof NamedParameter parameter ? literal(parameter.name()) : node));
  }

  /** The value of a {@code :name}. */
  Literal literal(String name) {
    Literal literal = bindings.literals().get(name);
    if (literal == null) {
      throw unknownParameter(name);
    }
    return literal;
  }

  private PlanProblemException unknownParameter(String name) {
    boolean interval = name.equals("from") || name.equals("to");
    return new PlanProblemException(
        "UNKNOWN_PARAMETER",
        interval
            ? "Cannot use ':"
                + name
                + "': this pipeline has no partition, so its runs have no interval."
            : "Cannot use ':" + name + "': the pipeline declares no such parameter.",
        interval
            ? "write to a sink that overwrites a partition, or leave it out."
            : Suggestions.sentence(name, "Parameters", bindings.literals().keySet()));
  }

  /** A subquery could read tables that aren't sources of the pipeline. */
  private static void refuseTables(Expression expression) {
    boolean nested = expression.find(node -> node instanceof PlanExpression<?>).isDefined();
    if (nested) {
      throw new PlanProblemException(
          "SUBQUERY",
          "Cannot use a subquery in an expression: it could read tables that the pipeline does not"
              + " name.",
          "join the rows, or write a query over named rows with sql(…).from(…).");
    }
  }
}
