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
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives the names of rows the life that the language promises: from {@code as} to the next step
 * that makes all columns anew. Spark's own end elsewhere: they outlive a select for the columns
 * that pass through it, and don't hold for a column that was added.
 */
final class Aliases {
  private Aliases() {}

  /** The same rows, whose columns no alias names. */
  static Dataset<Row> ended(Dataset<Row> rows) {
    List<Attribute> columns = columns(rows);
    if (columns.stream().allMatch(column -> column.qualifier().isEmpty())) {
      return rows;
    }
    List<NamedExpression> unnamed =
        columns.stream()
            .map(column -> (NamedExpression) column.withQualifier(Aliases.<String>none()))
            .toList();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) rows.sparkSession(),
        new Project(
            CollectionConverters.asScala(unnamed).toSeq(), rows.queryExecution().analyzed()));
  }

  /** The output under the input's alias, where all of the input has the same one. */
  static Dataset<Row> handedOn(Dataset<Row> input, Dataset<Row> output) {
    return of(input).map(output::as).orElse(output);
  }

  /** Every column as an expression may name it: {@code o.id} behind an alias. */
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

  private static <T> scala.collection.immutable.Seq<T> none() {
    return CollectionConverters.asScala(List.<T>of()).toSeq();
  }
}
