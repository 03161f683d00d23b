package io.penstock.spark.compile;

import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.classic.SparkSession;

/** How to mend a predicate over rows that belong to no pipeline. */
public final class PredicateAdvice {
  private PredicateAdvice() {}

  /**
   * Advice in the words that a pipeline's problems have, "did you mean" included.
   *
   * @param failure what analysing the predicate threw
   * @param columns those of the rows
   */
  public static String of(SparkSession session, AnalysisException failure, List<String> columns) {
    return new AnalysisProblems(session)
        .fix(failure, new AnalysisProblems.Visible(columns, List.of()));
  }
}
