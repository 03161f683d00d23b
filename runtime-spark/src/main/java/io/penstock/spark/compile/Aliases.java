package io.penstock.spark.compile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives aliases the scope that the language promises: from {@code as} to the next step that
 * computes all columns anew. Spark's own scope differs: a select keeps the alias for columns that
 * it passes on, and a column that is added has none.
 */
final class Aliases {
  private Aliases() {}

  /** The same rows without their aliases. */
  static Dataset<Row> removed(Dataset<Row> rows) {
    List<Attribute> columns = columns(rows);
    if (columns.stream().allMatch(column -> column.qualifier().isEmpty())) {
      return rows;
    }
    Seq<String> none = CollectionConverters.asScala(List.<String>of()).toSeq();
    List<NamedExpression> unqualified =
        columns.stream().map(column -> (NamedExpression) column.withQualifier(none)).toList();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) rows.sparkSession(),
        new Project(
            CollectionConverters.asScala(unqualified).toSeq(), rows.queryExecution().analyzed()));
  }

  /** The output with the input's alias, where all columns of the input have the same one. */
  static Dataset<Row> passedOn(Dataset<Row> input, Dataset<Row> output) {
    return of(input).map(output::as).orElse(output);
  }

  /** The columns as an expression may name them after an alias, {@code o.id}. */
  static List<String> qualifiedNames(Dataset<Row> rows) {
    return columns(rows).stream()
        .filter(column -> !column.qualifier().isEmpty())
        .map(column -> column.qualifier().last() + "." + column.name())
        .toList();
  }

  private static Optional<String> of(Dataset<Row> rows) {
    Set<Optional<String>> aliases =
        columns(rows).stream()
            .map(
                column ->
                    column.qualifier().isEmpty()
                        ? Optional.<String>empty()
                        : Optional.of(column.qualifier().last()))
            .collect(Collectors.toSet());
    return aliases.size() == 1 ? aliases.iterator().next() : Optional.empty();
  }

  private static List<Attribute> columns(Dataset<Row> rows) {
    return CollectionConverters.asJava(rows.queryExecution().analyzed().output());
  }
}
