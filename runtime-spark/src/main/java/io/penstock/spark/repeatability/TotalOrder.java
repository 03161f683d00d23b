package io.penstock.spark.repeatability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.classic.ExpressionUtils;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A total order: the user's order followed by the {@link TieBreakers}, so that a limit takes the
 * same rows in every run.
 */
public final class TotalOrder {
  private TotalOrder() {}

  public static List<Column> of(Dataset<Row> rows, List<SortOrder> order) {
    List<Column> columns = new ArrayList<>();
    order.forEach(item -> columns.add(ExpressionUtils.column(item)));
    columns.addAll(tieBreakers(rows, Column::asc));
    return columns;
  }

  /** The same order reversed. */
  public static List<Column> reversed(Dataset<Row> rows, List<SortOrder> order) {
    List<Column> columns = new ArrayList<>();
    order.forEach(item -> columns.add(reversed(item)));
    columns.addAll(tieBreakers(rows, Column::desc));
    return columns;
  }

  /**
   * The greatest value comes first, and NULL last where it was first. A window only recognises an
   * order that is built with Spark's own methods.
   */
  private static Column reversed(SortOrder order) {
    Column value = ExpressionUtils.column(order.child());
    boolean nullsFirst = order.nullOrdering() == NullsFirst$.MODULE$;
    if (order.direction().sql().equals("ASC")) {
      return nullsFirst ? value.desc_nulls_last() : value.desc_nulls_first();
    }
    return nullsFirst ? value.asc_nulls_last() : value.asc_nulls_first();
  }

  private static List<Column> tieBreakers(Dataset<Row> rows, Function<Column, Column> direction) {
    var columns = CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    return TieBreakers.of(columns).stream()
        .map(value -> direction.apply(ExpressionUtils.column(value)))
        .toList();
  }
}
