package io.penstock.spark.expressions;

import io.penstock.engine.Failure;
import io.penstock.spark.coercion.LossyMeetings;
import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.datetime.InvalidDatetimeException;
import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.aggregate.PivotFirst;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses forbidden functions in expressions that Spark evaluates while it parses or analyses, so
 * that the plan contains only the value: rows of VALUES, arguments of table functions, values of
 * PIVOT, and constant arguments of functions, such as schemas, options and names.
 */
final class EagerEvaluation {
  private static final String PIVOT = "PIVOT";

  private final SparkSession session;
  private final Expressions expressions;

  EagerEvaluation(SparkSession session, Expressions expressions) {
    this.session = session;
    this.expressions = expressions;
  }

  /** Checks what Spark would evaluate of one expression. */
  void refuseIn(Expression parsed) {
    parsed.foreach(
        part -> {
          constants(part).forEach(this::refuseForbidden);
          return null;
        });
  }

  /**
   * Checks what Spark has evaluated of a query.
   *
   * @param analysed the plan of the query
   */
  void refuseIn(String query, LogicalPlan analysed) {
    List<Expression> pivoted = new ArrayList<>();
    PlanWalk.over(
        SqlParser.parsed(query, session, ParserInterface::parsePlan),
        plan -> {
          if (plan instanceof UnresolvedInlineTable table) {
            list(table.rows()).forEach(row -> list(row).forEach(value -> refuse(value, "VALUES")));
            refuseLossyColumns(table);
          } else if (plan instanceof UnresolvedTableValuedFunction function) {
            refuseArguments(function);
          } else if (plan instanceof Pivot pivot) {
            list(pivot.pivotValues()).forEach(value -> refuse(value, PIVOT));
            pivoted.addAll(list(pivot.pivotValues()));
          }
        },
        expression -> constants(expression).forEach(this::refuseForbidden));
    if (!pivoted.isEmpty()) {
      refusePivoted(pivoted, analysed);
    }
  }

  /** The values of each column become one type, as those of an array do. */
  private void refuseLossyColumns(UnresolvedInlineTable table) {
    for (int i = 0; i < table.names().size(); i++) {
      int column = i;
      List<Expression> values =
          list(table.rows()).stream()
              .filter(row -> row.size() > column)
              .map(row -> row.apply(column))
              .toList();
      value(new CreateArray(CollectionConverters.asScala(values).toSeq(), true))
          .ifPresent(
              array ->
                  PlanWalk.over(
                      array.queryExecution().analyzed(),
                      plan -> {},
                      expression ->
                          LossyMeetings.in(expression).stream()
                              .findFirst()
                              .ifPresent(
                                  problem -> {
                                    throw problem;
                                  })));
    }
  }

  /** Generators such as explode are expressions, whose arguments are checked for each row. */
  private void refuseArguments(UnresolvedTableValuedFunction function) {
    String name = function.name().last();
    boolean isGenerator = FunctionRegistry.expressions().contains(name.toLowerCase(Locale.ROOT));
    list(function.functionArgs())
        .forEach(
            argument -> {
              if (isGenerator) {
                refuseForbidden(argument);
              } else {
                refuse(argument, name);
              }
            });
  }

  /** The constant arguments of a function, each of which Spark may evaluate during the analysis. */
  private static List<Expression> constants(Expression expression) {
    return expression instanceof UnresolvedFunction function
        ? list(function.arguments()).stream().filter(EagerEvaluation::isConstant).toList()
        : List.of();
  }

  private static boolean isConstant(Expression argument) {
    return !(argument instanceof LambdaFunction)
        && freeVariables(argument).isEmpty()
        && !argument.exists(
            part ->
                part instanceof UnresolvedAttribute
                    || part instanceof Star
                    || part instanceof PlanExpression<?>);
  }

  /** The variables of enclosing lambdas that an expression refers to. */
  private static Set<String> freeVariables(Expression expression) {
    if (expression instanceof UnresolvedNamedLambdaVariable variable) {
      return Set.of(variable.name());
    }
    Set<String> free = new HashSet<>();
    list(expression.children()).forEach(child -> free.addAll(freeVariables(child)));
    if (expression instanceof LambdaFunction lambda) {
      list(lambda.arguments()).forEach(argument -> free.remove(argument.name()));
    }
    return free;
  }

  /** Refuses an expression that Spark always evaluates, if its value is invalid, too. */
  private void refuse(Expression eager, String place) {
    value(eager)
        .ifPresent(
            value -> {
              refuseForbidden(value);
              try {
                DatetimeGuard.compute(value, place);
              } catch (InvalidDatetimeException e) {
                Failure failure = e.failure();
                throw new PlanProblemException(failure.code(), failure.message(), failure.fix());
              }
            });
  }

  private void refuseForbidden(Expression eager) {
    value(eager).ifPresent(EagerEvaluation::refuseForbidden);
  }

  private static void refuseForbidden(Dataset<Row> value) {
    ForbiddenFunctions.refuseIn(value.queryExecution().analyzed());
  }

  /** Values of PIVOT are cast to the type of the column. */
  private void refusePivoted(List<Expression> values, LogicalPlan analysed) {
    PlanWalk.over(
        analysed,
        plan -> {},
        expression -> {
          if (expression instanceof PivotFirst pivot) {
            values.forEach(value -> refuse(as(value, pivot.pivotColumn().dataType()), PIVOT));
          }
        });
  }

  private static Expression as(Expression value, DataType type) {
    return new Cast(value, type, Option.apply("UTC"), EvalMode.ANSI());
  }

  /** A frame of the expression's value; empty for a literal, and where Spark reports an error. */
  private Optional<Dataset<Row>> value(Expression eager) {
    if (eager instanceof Literal) {
      return Optional.empty();
    }
    Dataset<Row> row = org.apache.spark.sql.classic.Dataset.ofRows(session, new OneRowRelation());
    try {
      return Optional.of(row.select(ExpressionUtils.column(expressions.bound(eager)).as("value")));
    } catch (Exception e) {
      // Scala throws undeclared exceptions.
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> List<T> list(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
