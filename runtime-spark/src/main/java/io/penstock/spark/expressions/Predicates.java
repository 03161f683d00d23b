package io.penstock.spark.expressions;

import io.penstock.spark.datetime.DatetimeGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Filters rows outside of any pipeline. The same expressions are allowed as in a pipeline, so that
 * the same command shows the same rows again.
 */
public final class Predicates {
  private Predicates() {}

  /**
   * The rows for which a predicate is true. Only analyses; computes nothing.
   *
   * @param place where the predicate was given, for the message about a value that is refused
   */
  public static Dataset<Row> filter(
      SparkSession session, Dataset<Row> rows, String predicate, String place) {
    AllowedPlans allowed = new AllowedPlans();
    allowed.declare(rows);
    Dataset<Row> filtered =
        rows.where(new Expressions(session, new Bindings(Map.of())).column(predicate));
    ForbiddenFunctions.refuseIn(filtered.queryExecution().analyzed());
    // Of the predicate alone: what the rows are made of was declared.
    allowed.refusals(filtered).stream()
        .findFirst()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return DatetimeGuard.over(filtered, List.of(rows), place);
  }

  /**
   * The same fix as for a problem of a pipeline, including "did you mean"; empty when the predicate
   * isn't at fault.
   *
   * @param failure the exception that filtering threw
   * @param columns the columns of the rows
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
