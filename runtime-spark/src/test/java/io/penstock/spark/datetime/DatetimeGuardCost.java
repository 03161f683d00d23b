package io.penstock.spark.datetime;

import io.penstock.spark.testing.SparkTestSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * What the checks cost on a million casts of texts and a million additions to dates: medians of
 * pairs, alone and within a Spark job. Run it with the test class path of this module and the JVM
 * options of a task:
 *
 * <pre>java @jobs/jvm.options -cp … io.penstock.spark.datetime.DatetimeGuardCost 11</pre>
 */
final class DatetimeGuardCost {
  private static final int CASTS = 1_000_000;

  private DatetimeGuardCost() {}

  /** Prints the medians; the argument is the number of pairs. */
  public static void main(String[] arguments) {
    int pairs = Integer.parseInt(arguments[0]);
    Expression text = new BoundReference(0, DataTypes.StringType, true);
    MissingDateCheck check =
        new MissingDateCheck(DataTypes.StringType, DataTypes.TimestampType, "", "");
    compare(
        "one thread",
        pairs,
        () -> casts(cast(text)),
        () -> casts(cast(new CheckedValue(text, check))));

    Dataset<Row> rows =
        SparkTestSession.spark()
            .range(CASTS)
            .selectExpr("concat('2026-03-01 12:30:', CAST(10 + id % 50 AS STRING)) AS t");
    Dataset<Row> plain = rows.selectExpr("max(CAST(t AS TIMESTAMP)) AS x");
    Dataset<Row> guarded = DatetimeGuard.over(plain, List.of(), "here");
    compare("a Spark job", pairs, plain::first, guarded::first);

    Dataset<Row> dates =
        SparkTestSession.spark()
            .range(CASTS)
            .selectExpr("DATE'2026-03-01' + CAST(id % 28 AS INT) AS d", "CAST(id % 9 AS INT) AS n");
    Dataset<Row> moved = dates.selectExpr("max(date_add(d, n)) AS x");
    Dataset<Row> guardedMoved = DatetimeGuard.over(moved, List.of(), "here");
    compare("a Spark job that moves dates", pairs, moved::first, guardedMoved::first);
  }

  private static Expression cast(Expression text) {
    return new Cast(text, DataTypes.TimestampType, Option.apply("UTC"), EvalMode.ANSI());
  }

  private static void casts(Expression cast) {
    GenericInternalRow row = new GenericInternalRow(1);
    for (int i = 0; i < CASTS; i++) {
      row.update(0, UTF8String.fromString("2026-03-01 12:30:" + (10 + i % 50)));
      cast.eval(row);
    }
  }

  private static void compare(String what, int pairs, Runnable plain, Runnable guarded) {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = 0; i < pairs + 2; i++) {
      double first = milliseconds(plain);
      double second = milliseconds(guarded);
      if (i >= 2) {
        without.add(first);
        with.add(second);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f ms without, %.0f ms with, ratio %.3f%n",
        what,
        median(without),
        median(with),
        median(with) / median(without));
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
