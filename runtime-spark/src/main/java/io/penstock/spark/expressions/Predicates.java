package io.penstock.spark.expressions;

import io.penstock.spark.clock.ClockGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Predicates over rows that belong to no pipeline: they may hold what a pipeline's may, so that who
 * looks again sees the same.
 */
public final class Predicates {
  private Predicates() {}

  /**
   * The rows for which a predicate is true. Analyses; computes nothing.
   *
   * @param place what a row is told to have failed at, when it lacks a date
   */
  public static Dataset<Row> filter(
      SparkSession session, Dataset<Row> rows, String predicate, String place) {
    Dataset<Row> filtered =
        rows.where(new Expressions(session, new Bindings(Map.of())).column(predicate));
    ForbiddenFunctions.in(filtered.queryExecution().analyzed()).stream()
        .findFirst()
        .ifPresent(
            found -> {
              throw found.refusal();
            });
    return ClockGuard.over(filtered, List.of(rows), place);
  }

  /**
   * Advice in the words that a pipeline's problems have, "did you mean" included; empty for what is
   * no fault of the predicate.
   *
   * @param failure what filtering threw
   * @param columns those of the rows
   */
  public static Optional<String> advice(
      SparkSession session, Throwable failure, List<String> columns) {
    return AnalysisProblems.isProblem(failure)
        ? Optional.of(
            new AnalysisProblems(session)
                .fix(failure, new AnalysisProblems.Visible(columns, List.of())))
        : Optional.empty();
  }
}
