package io.penstock.spark.compile;

import io.penstock.spark.problems.PlanProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns that a step can use: those of its input, and none that an earlier step dropped. */
final class VisibleColumns {
  private VisibleColumns() {}

  static boolean contain(Dataset<Row> rows, String name) {
    return Stream.of(rows.columns()).anyMatch(name::equalsIgnoreCase);
  }

  static void require(Dataset<Row> rows, List<String> names) {
    for (String name : names) {
      if (!contain(rows, name)) {
        throw PlanProblemException.unresolvedColumn(name, List.of(rows.columns()));
      }
    }
  }

  /**
   * Resolves an expression with these rows only: Spark's filter and sort would also find columns
   * that an earlier select dropped.
   */
  static void requireFor(Column expression, Dataset<Row> rows) {
    rows.select(expression);
  }

  /** The columns of one frame that the other lacks. */
  static List<String> without(Dataset<Row> one, Dataset<Row> other) {
    return Arrays.stream(one.columns()).filter(name -> !contain(other, name)).toList();
  }

  /** An unused name for a temporary column. */
  static String unused(Dataset<Row> rows, String wanted) {
    String name = wanted;
    while (contain(rows, name)) {
      name = "_" + name;
    }
    return name;
  }
}
