package io.penstock.spark.compile;

import io.penstock.spark.coercion.TextForms;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spec.Expectation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/** Translates expectations to Spark columns: which rows fail, and what to show of them. */
public final class CheckColumns {
  private CheckColumns() {}

  /**
   * A column that is TRUE for rows that fail; empty for an expectation on all rows together.
   *
   * @param rows the rows to check
   * @param expressions converts a SQL predicate to a column
   */
  public static Optional<Column> failing(
      Expectation expectation, Dataset<Row> rows, Function<String, Column> expressions) {
    return expectation.accept(
        new Expectation.Visitor<>() {
          @Override
          public Optional<Column> visitUnique(Expectation.Unique check) {
            return Optional.empty();
          }

          @Override
          public Optional<Column> visitNotNull(Expectation.NotNull check) {
            return Optional.of(
                any(check.columns().stream().map(name -> column(rows, name).isNull()).toList()));
          }

          @Override
          public Optional<Column> visitRowCount(Expectation.RowCount check) {
            return Optional.empty();
          }

          @Override
          public Optional<Column> visitRecentRowCount(Expectation.RecentRowCount check) {
            return Optional.empty();
          }

          @Override
          public Optional<Column> visitUpdatedWithin(Expectation.UpdatedWithin check) {
            time(check, rows);
            return Optional.empty();
          }

          @Override
          public Optional<Column> visitOneOf(Expectation.OneOf check) {
            Column column = column(rows, check.column());
            DataType type = rows.select(column).schema().fields()[0].dataType();
            check.values().forEach(value -> TextForms.require(check.column(), type, value));
            Column text = column.cast("string");
            return Optional.of(isNotTrue(text.isin(check.values().toArray())));
          }

          @Override
          public Optional<Column> visitAllMatched(Expectation.AllMatched check) {
            return Optional.of(functions.not(MatchedRows.matched(rows)));
          }

          @Override
          public Optional<Column> visitSatisfies(Expectation.Satisfies check) {
            return Optional.of(isNotTrue(expressions.apply(check.predicate())));
          }
        });
  }

  /**
   * The columns that an expectation names, for a message about a failing row.
   *
   * @param rows the rows to check
   * @param expressions converts a SQL predicate to a column
   */
  public static List<Column> shown(
      Expectation expectation, Dataset<Row> rows, Function<String, Column> expressions) {
    return expectation.accept(
        new Expectation.Visitor<>() {
          @Override
          public List<Column> visitUnique(Expectation.Unique check) {
            return columns(rows, check.columns());
          }

          @Override
          public List<Column> visitNotNull(Expectation.NotNull check) {
            return columns(rows, check.columns());
          }

          @Override
          public List<Column> visitRowCount(Expectation.RowCount check) {
            return List.of();
          }

          @Override
          public List<Column> visitRecentRowCount(Expectation.RecentRowCount check) {
            return List.of();
          }

          @Override
          public List<Column> visitUpdatedWithin(Expectation.UpdatedWithin check) {
            return columns(rows, List.of(check.column()));
          }

          @Override
          public List<Column> visitOneOf(Expectation.OneOf check) {
            return columns(rows, List.of(check.column()));
          }

          @Override
          public List<Column> visitAllMatched(Expectation.AllMatched check) {
            return List.of();
          }

          @Override
          public List<Column> visitSatisfies(Expectation.Satisfies check) {
            return named(expressions.apply(check.predicate()));
          }
        });
  }

  /**
   * What has to be known of a time column, in one pass with other counts: its newest value before
   * the end, in microseconds since 1970 or NULL, and how many rows lie at or after it.
   */
  public static List<Column> newest(
      Expectation.UpdatedWithin check, Dataset<Row> rows, Instant end) {
    Column time = time(check, rows);
    Column before = time.lt(functions.lit(end));
    return List.of(
        functions.max(functions.when(before, functions.unix_micros(time))),
        functions.count_if(functions.not(before)));
  }

  /** The session's zone is UTC: a DATE becomes its midnight there. */
  private static Column time(Expectation.UpdatedWithin check, Dataset<Row> rows) {
    Column column = column(rows, check.column());
    DataType type = rows.select(column).schema().fields()[0].dataType();
    if (!(type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType)) {
      throw new PlanProblemException(
          "TYPE_MISMATCH",
          "Cannot expect '%s' (%s) to be updated within some time: it holds no times."
              .formatted(check.column(), type.sql()),
          "name a column of type TIMESTAMP, TIMESTAMP_NTZ or DATE.");
    }
    return column.cast(DataTypes.TimestampType);
  }

  private static List<Column> columns(Dataset<Row> rows, List<String> names) {
    return names.stream().map(name -> column(rows, name)).toList();
  }

  /** A column with a dot in its name takes precedence over a field of a struct. */
  private static Column column(Dataset<Row> rows, String name) {
    boolean whole =
        name.contains(".") && Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase);
    return functions.col(whole ? SqlLiterals.identifier(name) : name);
  }

  /** Builds a balanced tree, because Spark's recursion is as deep as the tree. */
  private static Column any(List<Column> conditions) {
    int half = conditions.size() / 2;
    return half == 0
        ? conditions.get(0)
        : any(conditions.subList(0, half)).or(any(conditions.subList(half, conditions.size())));
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
