package io.penstock.spark.run;

import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedCheck;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spec.Expectation.RecentRowCount;
import io.penstock.spec.Expectation.RecentRowCount.Bounds;
import io.penstock.spec.Expectation.RecentRowCount.Earlier;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares the number of rows of a unit with those of units before it, in the output as the run
 * found it: a later run of the same unit compares with the same ones.
 */
record RecentRows(Compilation compilation, PlannedCheck check, RecentRowCount expected) {
  RunReport.Check result(long rows) {
    Write write = check.stated().orElseThrow();
    PlannedSink sink =
        compilation.sinks().stream()
            .filter(planned -> planned.write().sink().path().equals(write.sink().path()))
            .findFirst()
            .orElseThrow();
    List<Interval> units = units(write.sink().partition().orElseThrow());
    Map<Interval, Long> found = sink.rowsOf(units);
    if (found.isEmpty()) {
      return result(
          true,
          rows,
          "%s, compared with nothing: none of %s is there".formatted(amount(rows), before()));
    }
    Bounds bounds = expected.boundsBy(List.copyOf(found.values()));
    return result(
        expected.accepts(rows, bounds),
        rows,
        "%s, expected %s to %s: the median of %s%s is %s"
            .formatted(
                amount(rows),
                number(bounds.least().setScale(0, RoundingMode.CEILING)),
                number(bounds.most().setScale(0, RoundingMode.FLOOR)),
                found.size() == units.size() ? "" : found.size() + " of ",
                before() + (found.size() == units.size() ? "" : ", the others are not there,"),
                number(bounds.median())));
  }

  /** The units that count, the latest first. */
  private List<Interval> units(Partition partition) {
    Interval unit = compilation.request().unit().orElseThrow();
    int step = expected.earlier() == Earlier.SAME_WEEKDAY ? DayOfWeek.values().length : 1;
    return IntStream.rangeClosed(1, expected.units())
        .mapToObj(back -> partition.neighbour(unit, -back * step))
        .toList();
  }

  private String before() {
    String units = expected.units() == 1 ? "unit" : "units";
    return switch (expected.earlier()) {
      case ALL -> "the %s %s before this one".formatted(expected.units(), units);
      case SAME_WEEKDAY ->
          "the %s %s of the same weekday before this one".formatted(expected.units(), units);
    };
  }

  private RunReport.Check result(boolean passed, long rows, String detail) {
    return new RunReport.Check(
        expected.name(),
        check.place(),
        passed ? RunReport.Status.PASSED : RunReport.Status.FAILED,
        rows,
        0,
        passed ? List.of() : List.of(detail),
        Optional.of(detail));
  }

  private static String amount(long rows) {
    return number(BigDecimal.valueOf(rows)) + (rows == 1 ? " row" : " rows");
  }

  private static String number(BigDecimal number) {
    return number.stripTrailingZeros().scale() > 0
        ? String.format(Locale.ROOT, "%,.1f", number)
        : String.format(Locale.ROOT, "%,.0f", number);
  }
}
