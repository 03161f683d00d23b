package io.penstock.spark.expressions;

import io.penstock.plan.Suggestions;
import io.penstock.spark.problems.PlanProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.CompoundBody;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias$;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.classic.SparkSession;
import scala.PartialFunction;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Builds the frames of a pipeline's SQL queries. Tables and parameters are inserted into the parsed
 * tree, so a query sees only the rows that it was given, and not the session's catalog.
 */
public final class SqlQueries {
  private final SparkSession session;
  private final Bindings bindings;
  private final Expressions expressions;

  public SqlQueries(SparkSession session, Bindings bindings, Expressions expressions) {
    this.session = session;
    this.bindings = bindings;
    this.expressions = expressions;
  }

  /** The rows of a query that sees only the given tables. */
  public Dataset<Row> query(String text, Map<String, Dataset<Row>> tables) {
    LogicalPlan parsed = SqlParser.parsed(text, session, ParserInterface::parsePlan);
    requireQueryOver(parsed, tables.keySet());
    Map<String, Dataset<Row>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(tables);
    Dataset<Row> rows =
        org.apache.spark.sql.classic.Dataset.ofRows(
            session, withParameters(replaceTables(parsed, byName)));
    new EagerEvaluation(session, expressions).refuseIn(text, rows.queryExecution().analyzed());
    return rows;
  }

  /**
   * How often a query reads each of its tables. A WITH definition may be read any number of times,
   * so a query that has one counts as reading every table at least twice.
   */
  public Map<String, Integer> readings(String text) {
    Map<String, Integer> readings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Set<Integer> weights = new HashSet<>(Set.of(1));
    LogicalPlan parsed = SqlParser.parsed(text, session, ParserInterface::parsePlan);
    PlanWalk.over(
        parsed,
        plan -> {
          if (plan instanceof UnresolvedWith) {
            weights.add(2);
          } else if (plan instanceof UnresolvedRelation relation) {
            readings.merge(relation.multipartIdentifier().head(), 1, Integer::sum);
          }
        },
        expression -> {});
    readings.replaceAll((table, count) -> Math.max(count, Collections.max(weights)));
    return readings;
  }

  /** The query with its parameters; Spark doesn't accept an empty list of them. */
  private LogicalPlan withParameters(LogicalPlan query) {
    if (bindings.literals().isEmpty()) {
      return query;
    }
    return new NameParameterizedQuery(
        query,
        CollectionConverters.asScala(List.copyOf(bindings.literals().keySet())).toSeq(),
        CollectionConverters.asScala(List.<Expression>copyOf(bindings.literals().values()))
            .toSeq());
  }

  private void requireQueryOver(LogicalPlan parsed, Set<String> tables) {
    Set<String> known = new HashSet<>();
    tables.forEach(table -> known.add(table.toLowerCase(Locale.ROOT)));
    Set<String> definitions = new HashSet<>();
    PlanWalk.over(
        parsed,
        plan -> {
          if (plan instanceof Command
              || plan instanceof ParsedStatement
              || plan instanceof CompoundBody
              || plan instanceof UnresolvedExecuteImmediate
              || plan instanceof InsertIntoDir) {
            throw new PlanProblemException(
                "NOT_A_QUERY",
                "Cannot run this statement: only a query has rows.",
                "write a SELECT; only sinks change tables.");
          }
          if (plan instanceof UnresolvedWith with) {
            for (var entry : CollectionConverters.asJava(with.cteRelations())) {
              String name = entry._1().toLowerCase(Locale.ROOT);
              definitions.add(name);
              if (known.contains(name)) {
                throw new PlanProblemException(
                    "SAME_TABLE_NAME",
                    "Cannot define '" + entry._1() + "' in WITH: from(…) already uses this name.",
                    "rename one of them.");
              }
            }
          }
        },
        expression -> {
          if (expression instanceof NamedParameter parameter) {
            expressions.literal(parameter.name());
          }
        });
    PlanWalk.over(
        parsed,
        plan -> {
          if (plan instanceof UnresolvedRelation relation && !named(relation, known, definitions)) {
            throw unknownTable(relation.tableName(), tables);
          }
          if (plan instanceof PlanWithUnresolvedIdentifier) {
            throw unknownTable("IDENTIFIER(…)", tables);
          }
          if (plan instanceof UnresolvedTableValuedFunction function) {
            requireAllowed(function, tables);
          }
        },
        expression -> {});
    AllowedSyntax.require(parsed, session);
  }

  /** Spark's own table functions use only their arguments; others, such as Delta's, read tables. */
  private void requireAllowed(UnresolvedTableValuedFunction function, Set<String> tables) {
    List<String> name = CollectionConverters.asJava(function.name());
    AllowedFunctions.tableRefusal(name, session)
        .ifPresent(
            found -> {
              throw found.dependence() == Dependence.CATALOG
                  ? unknownTable(String.join(".", name) + "(…)", tables)
                  : found.refusal();
            });
  }

  private static PlanProblemException unknownTable(String name, Set<String> tables) {
    return new PlanProblemException(
        "UNKNOWN_TABLE",
        "Cannot find table '" + name + "' in the query: it sees only the rows named by from(…).",
        Suggestions.sentence(name, "Tables", Suggestions.sorted(tables)));
  }

  private static boolean named(
      UnresolvedRelation relation, Set<String> tables, Set<String> definitions) {
    String name = relation.tableName().replace("`", "").toLowerCase(Locale.ROOT);
    return relation.multipartIdentifier().size() == 1
        && (tables.contains(name) || definitions.contains(name));
  }

  private static LogicalPlan replaceTables(LogicalPlan plan, Map<String, Dataset<Row>> tables) {
    return plan.transformUpWithSubqueries(
        PartialFunction.fromFunction(
            node -> {
              if (node instanceof UnresolvedRelation relation) {
                Dataset<Row> rows = tables.get(relation.multipartIdentifier().head());
                return rows == null
                    ? relation
                    : SubqueryAlias$.MODULE$.apply(
                        relation.multipartIdentifier().head(),
                        ((org.apache.spark.sql.classic.Dataset<Row>) rows).logicalPlan());
              }
              return node instanceof UnresolvedWith with ? replaceDefinitions(with, tables) : node;
            }));
  }

  private static UnresolvedWith replaceDefinitions(
      UnresolvedWith with, Map<String, Dataset<Row>> tables) {
    List<Tuple3<String, SubqueryAlias, scala.Option<Object>>> replaced = new ArrayList<>();
    for (var definition : CollectionConverters.asJava(with.cteRelations())) {
      replaced.add(
          new Tuple3<>(
              definition._1(),
              (SubqueryAlias) replaceTables(definition._2(), tables),
              definition._3()));
    }
    return with.copy(
        with.child(), CollectionConverters.asScala(replaced).toSeq(), with.allowRecursion());
  }
}
