package io.penstock.spark.run;

import static java.util.stream.Collectors.joining;

import io.penstock.engine.RunReport;
import io.penstock.spark.compile.CheckColumns;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedCheck;
import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.expressions.NanComparisons;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spark.text.Printable;
import io.penstock.spec.Expectation;
import io.penstock.spec.Interval;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * Evaluates expectations on rows: those of one frame in one pass, with a second one only for keys
 * that have to be unique and aren't proved to be, and for the examples of what fails.
 */
record Audit(Compilation compilation) {
  private static final int EXAMPLES = 5;

  /** Keys have other names: a space in one needs column mapping. */
  private static final String COUNT = "number of rows";

  /** The columns with the place of a row, where a source keeps defective rows. */
  private static final List<String> PLACE = List.of("_file", "_line");

  /** The start of a long value is enough to find its row. */
  private static final int LONGEST = 200;

  /**
   * The result of each check, in order.
   *
   * @param checks all on the same rows
   * @param rows those that the checks are on
   * @param count how many there are, where they were counted as they were written
   */
  List<RunReport.Check> results(List<PlannedCheck> checks, Dataset<Row> rows, OptionalLong count) {
    List<Column> counts = new ArrayList<>();
    counts.add(functions.count(functions.lit(1)));
    List<Optional<Column>> failing = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (PlannedCheck check : checks) {
      Optional<Column> column =
          CheckColumns.failing(check.expectation(), rows, compilation::column);
      failing.add(column);
      positions.add(counts.size());
      column.ifPresent(failed -> counts.add(functions.count_if(failed)));
      if (check.expectation() instanceof Expectation.UpdatedWithin updated) {
        counts.addAll(CheckColumns.newest(updated, rows, interval().to()));
      }
    }
    Row counted =
        counts.size() == 1 && count.isPresent()
            ? RowFactory.create(count.getAsLong())
            : guarded(
                    rows.agg(
                        counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new)),
                    rows,
                    checks)
                .first();
    long total = counted.getLong(0);
    if (count.isPresent() && count.getAsLong() != total) {
      throw RunFailures.miscounted(count.getAsLong(), total);
    }
    List<RunReport.Check> results = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Found found = new Found(total, counted, positions.get(i));
      results.add(result(checks, checks.get(i), rows, failing.get(i), found));
    }
    return results;
  }

  private Interval interval() {
    return compilation.request().unit().orElseThrow();
  }

  /**
   * What was counted for a check.
   *
   * @param total how many rows there are
   * @param counts of all checks
   * @param position of the first one of this check
   */
  private record Found(long total, Row counts, int position) {
    long failing() {
      return counts.getLong(position);
    }

    Optional<Instant> newest() {
      return counts.isNullAt(position)
          ? Optional.empty()
          : Optional.of(Instant.EPOCH.plus(counts.getLong(position), ChronoUnit.MICROS));
    }

    long later() {
      return counts.getLong(position + 1);
    }
  }

  private RunReport.Check result(
      List<PlannedCheck> all,
      PlannedCheck check,
      Dataset<Row> rows,
      Optional<Column> failing,
      Found found) {
    Expectation expectation = check.expectation();
    long total = found.total();
    if (check.proof() == PlannedCheck.Proof.BY_PLAN) {
      return result(check, true, total, 0, List.of());
    }
    return expectation.accept(
        new Expectation.Visitor<>() {
          @Override
          public RunReport.Check visitUnique(Expectation.Unique keys) {
            return unique(check, keys, rows, total);
          }

          @Override
          public RunReport.Check visitNotNull(Expectation.NotNull notNull) {
            return byRows(found.failing() == 0);
          }

          @Override
          public RunReport.Check visitRowCount(Expectation.RowCount count) {
            boolean accepted = count.accepts(total);
            return Audit.result(
                check,
                accepted,
                total,
                0,
                accepted ? List.of() : List.of(total + " rows, expected " + count.bounds()));
          }

          @Override
          public RunReport.Check visitRecentRowCount(Expectation.RecentRowCount recent) {
            return new RecentRows(compilation, check, recent).result(total);
          }

          @Override
          public RunReport.Check visitUpdatedWithin(Expectation.UpdatedWithin updated) {
            return updated(check, updated, found);
          }

          @Override
          public RunReport.Check visitOneOf(Expectation.OneOf oneOf) {
            return byRows(found.failing() == 0);
          }

          @Override
          public RunReport.Check visitAllMatched(Expectation.AllMatched allMatched) {
            return byRows(found.failing() == 0);
          }

          @Override
          public RunReport.Check visitSatisfies(Expectation.Satisfies satisfies) {
            return byRows(satisfies.accepts(found.failing(), total));
          }

          private RunReport.Check byRows(boolean accepted) {
            // Required also when the check passes: one without a condition would pass every row.
            Column condition = failing.orElseThrow();
            List<String> examples =
                accepted
                    ? List.of()
                    : examples(
                        guarded(rows.where(condition), rows, List.of(check)),
                        exampleColumns(all, check, rows));
            return Audit.result(check, accepted, total, found.failing(), examples);
          }
        });
  }

  private RunReport.Check updated(
      PlannedCheck check, Expectation.UpdatedWithin expected, Found found) {
    Instant oldest = expected.oldest(interval());
    boolean passed = found.newest().filter(newest -> !newest.isBefore(oldest)).isPresent();
    String later =
        found.later() == 0
            ? ""
            : "; %s at or after it, which %s count"
                .formatted(
                    found.later() == 1 ? "1 row lies" : found.later() + " rows lie",
                    found.later() == 1 ? "doesn't" : "don't");
    String detail =
        "%s before %s, the end of the interval, expected %s or later%s"
            .formatted(
                found
                    .newest()
                    .map(newest -> "the newest %s is %s".formatted(expected.column(), newest))
                    .orElse("no row has a %s".formatted(expected.column())),
                interval().to(),
                oldest,
                later);
    return new RunReport.Check(
        expected.name(),
        check.place(),
        passed ? RunReport.Status.PASSED : RunReport.Status.FAILED,
        found.total(),
        0,
        passed ? List.of() : List.of(detail),
        Optional.of(detail));
  }

  /**
   * Keeps predicates that convert texts to dates or times from reading the clock, and lets no
   * comparison with NaN pass.
   */
  private static Dataset<Row> guarded(
      Dataset<Row> frame, Dataset<Row> rows, List<PlannedCheck> checks) {
    String places = checks.stream().map(PlannedCheck::place).distinct().collect(joining(", "));
    return NanComparisons.unknownOver(DatetimeGuard.over(frame, List.of(rows), places), rows);
  }

  private RunReport.Check unique(
      PlannedCheck check, Expectation.Unique keys, Dataset<Row> rows, long total) {
    Dataset<Row> repeated =
        rows.groupBy(shown(keys, rows).toArray(Column[]::new))
            .agg(functions.count(functions.lit(1)).as(COUNT))
            .where(functions.col(COUNT).gt(1));
    Row counted = repeated.agg(functions.coalesce(functions.sum(COUNT), functions.lit(0L))).first();
    long failing = counted.getLong(0);
    List<String> examples =
        failing == 0 ? List.of() : examples(repeated, columns(repeated, keys.columns().size()));
    return result(check, failing == 0, total, failing, examples);
  }

  /**
   * The columns that examples show: a row's place in its file, where it is known; the key, where
   * one is expected to be unique; the columns that a join matches by; and those that the check
   * itself names. Values of other columns don't belong in a log.
   */
  private List<Column> exampleColumns(
      List<PlannedCheck> all, PlannedCheck check, Dataset<Row> rows) {
    List<String> carried = List.of(rows.columns());
    List<Column> shown = new ArrayList<>();
    PLACE.stream().filter(carried::contains).map(functions::col).forEach(shown::add);
    all.stream()
        .map(PlannedCheck::expectation)
        .filter(Expectation.Unique.class::isInstance)
        .findFirst()
        .ifPresent(unique -> shown.addAll(shown(unique, rows)));
    check.matching().stream()
        .flatMap(join -> join.usedColumns().stream())
        .map(name -> functions.col(SqlLiterals.identifier(name)))
        .forEach(shown::add);
    shown.addAll(shown(check.expectation(), rows));
    return shown;
  }

  private List<Column> shown(Expectation expectation, Dataset<Row> rows) {
    return CheckColumns.shown(expectation, rows, compilation::column);
  }

  private static List<Column> columns(Dataset<Row> rows, int count) {
    return List.of(rows.columns()).subList(0, count).stream()
        .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
        .toList();
  }

  private static List<String> examples(Dataset<Row> failing, List<Column> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    Column[] texts = columns.stream().map(c -> c.cast("string")).toArray(Column[]::new);
    Dataset<Row> shown = failing.select(columns.toArray(Column[]::new));
    String[] names = shown.columns();
    return failing.select(texts).distinct().limit(EXAMPLES).collectAsList().stream()
        .map(row -> example(names, row))
        .sorted()
        .toList();
  }

  private static String example(String[] names, Row row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      String value = row.isNullAt(i) ? "NULL" : Printable.beginning(row.getString(i), LONGEST);
      parts.add(names[i] + "=" + value);
    }
    // A column may be part of the key and named by the check.
    return parts.stream().distinct().collect(joining(", "));
  }

  private static RunReport.Check result(
      PlannedCheck check, boolean passed, long rows, long failingRows, List<String> examples) {
    return new RunReport.Check(
        check.expectation().name(),
        check.place(),
        passed ? RunReport.Status.PASSED : RunReport.Status.FAILED,
        rows,
        failingRows,
        examples);
  }
}
