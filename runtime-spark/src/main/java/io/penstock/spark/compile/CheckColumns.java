package io.penstock.spark.compile;

import io.penstock.spec.Expectation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/** An expectation as Spark columns: which rows fail it, and what names a failing row. */
public final class CheckColumns {
  private CheckColumns() {}

  /**
   * TRUE for a row that fails by itself, FALSE for others; empty for what only all rows decide.
   *
   * @param expressions makes a column of a SQL predicate
   */
  public static Optional<Column> failing(
      Expectation expectation, Function<String, Column> expressions) {
    if (expectation instanceof Expectation.NotNull notNull) {
      return notNull.columns().stream()
          .map(name -> functions.col(name).isNull())
          .reduce(Column::or);
    }
    if (expectation instanceof Expectation.OneOf oneOf) {
      Column text = functions.col(oneOf.column()).cast("string");
      return Optional.of(isNotTrue(text.isin(oneOf.values().toArray())));
    }
    if (expectation instanceof Expectation.Satisfies satisfies) {
      return Optional.of(isNotTrue(expressions.apply(satisfies.predicate())));
    }
    return Optional.empty();
  }

  /**
   * The columns that a check names, for a message about a failing row.
   *
   * @param expressions makes a column of a SQL predicate
   */
  public static List<Column> shown(Expectation expectation, Function<String, Column> expressions) {
    if (expectation instanceof Expectation.NotNull notNull) {
      return columns(notNull.columns());
    }
    if (expectation instanceof Expectation.OneOf oneOf) {
      return columns(List.of(oneOf.column()));
    }
    if (expectation instanceof Expectation.Unique unique) {
      return columns(unique.columns());
    }
    return expectation instanceof Expectation.Satisfies satisfies
        ? named(expressions.apply(satisfies.predicate()))
        : List.of();
  }

  private static List<Column> columns(List<String> names) {
    return names.stream().map(functions::col).toList();
  }

  private static List<Column> named(Column predicate) {
    return CollectionConverters.asJava(ExpressionUtils.expression(predicate).collectLeaves())
        .stream()
        .filter(UnresolvedAttribute.class::isInstance)
        .distinct()
        .map(ExpressionUtils::column)
        .toList();
  }

  private static Column isNotTrue(Column predicate) {
    return functions.not(functions.coalesce(predicate, functions.lit(false)));
  }
}
