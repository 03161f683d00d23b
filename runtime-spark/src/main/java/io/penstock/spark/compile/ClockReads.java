package io.penstock.spark.compile;

import io.penstock.spark.clock.TimeLiterals;
import io.penstock.spark.compile.ForbiddenFunctions.Dependence;
import io.penstock.spark.compile.ForbiddenFunctions.Found;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a predicate that somebody looks at rows with would take from the clock. */
public final class ClockReads {
  private ClockReads() {}

  /**
   * The first thing that reads the clock, in SQL.
   *
   * @param filtered the rows with the predicate on top
   */
  public static Optional<String> in(String predicate, Dataset<Row> filtered) {
    return TimeLiterals.moving(predicate)
        .or(
            () ->
                ForbiddenFunctions.in(filtered.queryExecution().analyzed()).stream()
                    .filter(found -> found.dependence() == Dependence.CLOCK)
                    .map(Found::name)
                    .findFirst());
  }
}
