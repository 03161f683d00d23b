package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.within;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.CompiledRun;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Status;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Expectation;
import io.penstock.spec.Partition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of rows are compared with those of the units before, as the run found the output. */
@Tag("spark")
final class RecentRowsTest {
  private static final Expectation WEEK = rows(within(0.5).ofLast(7));

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void open() {
    lake = new EngineLake(directory);
  }

  /** So many rows a day, the first of them on a day of March; a negative number leaves it out. */
  private void table(int firstDay, int... counts) {
    StringBuilder days = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        days.append(days.isEmpty() ? "" : " UNION ALL ")
            .append(
                "SELECT id, date_add(DATE'2026-03-01', %s) AS day FROM range(%s)"
                    .formatted(firstDay - 1 + i, counts[i]));
      }
    }
    lake.table("mart/x", days.toString(), "day");
  }

  private Write write(int day, int rows, Expectation... checks) {
    lake.table("raw/day" + day + "_" + rows, source(day, rows));
    return read(delta("raw/day" + day + "_" + rows))
        .to(delta("mart/x").overwrite(DAY).expect(checks));
  }

  private static String source(int day, int rows) {
    return "SELECT id, date_add(DATE'2026-03-01', %s) AS day FROM range(%s)"
        .formatted(day - 1, rows);
  }

  private RunReport.Check check(int day, int rows, Expectation check) {
    RunReport report = lake.run(march(day), write(day, rows, check));
    RunReport.Check result = report.checks().get(0);
    assertThat(report.failure().isPresent()).isEqualTo(result.status() == Status.FAILED);
    report
        .failure()
        .ifPresent(
            failure -> {
              assertThat(failure.code()).isEqualTo("CHECK_FAILED");
              assertThat(failure.message()).contains(result.detail().orElseThrow());
            });
    return result;
  }

  @Test
  void theMedianOfTheUnitsBeforeIsWhatIsUsual() {
    table(1, 100, 2, 100, 120, 80, 100, 100);

    assertThat(check(8, 49, WEEK).status()).isEqualTo(Status.FAILED);
    assertThat(check(8, 151, WEEK).detail())
        .contains("151 rows, expected 50 to 150: the median of the 7 units before this one is 100");
    assertThat(check(8, 50, WEEK).status()).isEqualTo(Status.PASSED);
    assertThat(check(8, 150, WEEK).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void aUnitIsComparedWithThoseBeforeItAndNotWithItselfOrLaterOnes() {
    table(1, 100, 100, 100, 5, 900, 900, 900, 900);

    assertThat(check(4, 100, rows(within(0.1).ofLast(3))).detail().orElseThrow())
        .contains("the median of the 3 units before this one is 100");
    assertThat(check(4, 100, rows(within(0.1).ofLast(3))).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void unitsThatAreNotThereDoNotCountAndAreTold() {
    table(1, 100, 0, 0, 0, 0, 90);

    assertThat(check(7, 95, WEEK).detail())
        .contains(
            "95 rows, expected 48 to 142: the median of 2 of the 7 units before this one, the"
                + " others are not there, is 95");
  }

  @Test
  void aUnitWithoutRowsCounts() {
    lake.table("raw/one", source(1, 1));
    lake.run(march(1), read(delta("raw/one")).where("id > 0").to(delta("mart/x").overwrite(DAY)));

    RunReport.Check check = check(2, 1, rows(within(1).ofLast(1)));

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.detail())
        .contains("1 row, expected 0 to 0: the median of the 1 unit before this one is 0");
  }

  @Test
  void aFirstRunIsComparedWithNothingAndSaysSo() {
    RunReport.Check first = check(1, 3, WEEK);

    assertThat(first.status()).isEqualTo(Status.PASSED);
    assertThat(first.detail())
        .contains("3 rows, compared with nothing: none of the 7 units before this one is there");
  }

  @Test
  void daysAreComparedWithTheSameWeekday() {
    table(1, 10, 100, 100, 100, 100, 100, 100, 12, 100);
    Expectation sundays = rows(within(0.5).ofLast(2).sameWeekday());

    assertThat(check(15, 11, sundays).detail())
        .contains(
            "11 rows, expected 6 to 16: the median of the 2 units of the same weekday before this"
                + " one is 11");
    assertThat(check(15, 100, sundays).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void rowsThatDeletionVectorsHideDoNotCount() {
    table(1, 100);
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/x` SET TBLPROPERTIES"
            + " ('delta.enableDeletionVectors' = 'true')");
    lake.sql("DELETE FROM delta.`{lake}/mart/x` WHERE id >= 40");

    assertThat(check(2, 40, rows(within(0.1).ofLast(1))).detail().orElseThrow())
        .contains("the 1 unit before this one is 40");
  }

  @Test
  void filesWithoutStatisticsAreCounted() {
    lake.spark().conf().set("spark.databricks.delta.stats.collect", "false");
    try {
      table(1, 30);
    } finally {
      lake.spark().conf().unset("spark.databricks.delta.stats.collect");
    }

    assertThat(check(2, 30, rows(within(0.1).ofLast(1))).detail().orElseThrow())
        .contains("the 1 unit before this one is 30");
  }

  @Test
  void anExportIsComparedByItsManifests() {
    Expectation check = rows(within(0.5).ofLast(2));
    lake.table("raw/a", source(1, 10));
    lake.table("raw/b", source(2, 16));
    Write first = read(delta("raw/a")).to(csv("export/x").overwrite(DAY).expect(check));
    Write second = read(delta("raw/b")).to(csv("export/x").overwrite(DAY).expect(check));

    assertThat(lake.run(march(1), first).checks().get(0).detail().orElseThrow())
        .contains("compared with nothing");
    RunReport report = lake.run(march(2), second);

    assertThat(report.failure()).isPresent();
    assertThat(report.checks().get(0).examples())
        .containsExactly(
            "16 rows, expected 5 to 15: the median of 1 of the 2 units before this one, the others"
                + " are not there, is 10");
  }

  /**
   * What is compared with is what the plan saw, so that checks agree with the run's other reads.
   */
  @Test
  void aCommitAfterThePlanChangesNoComparison() {
    table(1, 100, 100);
    CompiledRun run =
        lake.engine()
            .compile(
                EngineLake.request(
                    EngineLake.pipeline(write(3, 100, rows(within(0.1).ofLast(2)))),
                    Optional.of(march(3)),
                    Map.of()));
    lake.sql("DELETE FROM delta.`{lake}/mart/x` WHERE id >= 10");

    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);

    assertThat(report.failure()).isEmpty();
    assertThat(report.checks().get(0).detail().orElseThrow())
        .contains("the median of the 2 units before this one is 100");
    assertThat(lake.rows("mart/x").count()).isEqualTo(10 + 10 + 100);
    assertThat(check(4, 100, rows(within(0.1).ofLast(2))).detail().orElseThrow())
        .contains("the median of the 2 units before this one is 55");
  }

  /** Two tables of the same rows: each is compared with its own past. */
  @Test
  void eachOutputHasItsOwnPast() {
    table(1, 100);
    lake.table("mart/y", source(1, 50), "day");
    lake.table("raw/two", source(2, 100));

    RunReport report =
        lake.run(
            march(2),
            read(delta("raw/two")).to(delta("mart/x").overwrite(DAY).expect(WEEK)),
            read(delta("raw/two")).to(delta("mart/y").overwrite(DAY).expect(WEEK)));

    assertThat(report.checks())
        .extracting(RunReport.Check::status)
        .containsExactly(Status.PASSED, Status.FAILED);
  }

  @Test
  void whatHasNoUnitsBeforeItIsRefused() {
    lake.table("raw/x", source(1, 1));
    Partition months = Partition.monthly("day");
    Expectation weekdays = rows(within(0.5).ofLast(2).sameWeekday());

    assertThat(
            List.of(
                problem(read(delta("raw/x")).to(delta("mart/z").overwrite().expect(WEEK))),
                problem(read(delta("raw/x")).expect(WEEK).to(delta("mart/z").overwrite(DAY))),
                problem(
                    read(delta("raw/x")).to(delta("mart/z").overwrite(months).expect(weekdays)))))
        .containsExactly(
            "NO_EARLIER_UNITS: Cannot expect rows(within(0.5).ofLast(7)) of 'mart/z': it is"
                + " replaced as a whole, and has no earlier units to compare with.",
            "NO_EARLIER_UNITS: Cannot expect rows(within(0.5).ofLast(7)) here: the rows of a step"
                + " have no earlier units to compare with, those of an output do.",
            "NO_EARLIER_UNITS: Cannot expect rows(within(0.5).ofLast(2).sameWeekday()) of 'mart/z':"
                + " it is replaced by month(day), and only days have a weekday.");
  }

  private String problem(Write write) {
    List<Problem> problems = lake.invalid(write).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0).code() + ": " + problems.get(0).message();
  }
}
