package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.days;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.hours;
import static io.penstock.dsl.Penstock.minutes;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.updatedWithin;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Status;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Expectation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How new values are is told by the end of the run's interval, and never by the clock. */
@Tag("spark")
final class UpdatedWithinTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void open() {
    lake = new EngineLake(directory);
  }

  /** Rows of 1 March, each with a time as SQL. */
  private Rows rows(String... times) {
    lake.table(
        "raw/x",
        "SELECT col AS ts, DATE'2026-03-01' AS day FROM (SELECT explode(array("
            + String.join(", ", times)
            + ")))");
    return read(delta("raw/x"));
  }

  private RunReport.Check check(Rows rows, Expectation check) {
    RunReport report =
        lake.run(
            march(1),
            rows.expect(check).select("day", "1 AS n").to(delta("mart/x").overwrite(DAY)));
    RunReport.Check result = report.checks().get(0);
    assertThat(report.failure().isPresent()).isEqualTo(result.status() == Status.FAILED);
    return result;
  }

  private Status status(Rows rows, Duration age) {
    return check(rows, updatedWithin("ts", age)).status();
  }

  @Test
  void theNewestValueIsHeldAgainstTheEndOfTheInterval() {
    Rows rows = rows("TIMESTAMP'2026-02-01 00:00:00Z'", "TIMESTAMP'2026-03-01 18:00:00Z'");

    assertThat(status(rows, hours(6))).isEqualTo(Status.PASSED);
    RunReport.Check failed = check(rows, updatedWithin("ts", minutes(359)));

    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.name()).isEqualTo("updatedWithin(ts, minutes(359))");
    assertThat(failed.failingRows()).isZero();
    assertThat(failed.examples())
        .containsExactly(
            "the newest ts is 2026-03-01T18:00:00Z before 2026-03-02T00:00:00Z, the end of the"
                + " interval, expected 2026-03-01T18:01:00Z or later");
  }

  @Test
  void valuesBeyondTheEndDoNotCount() {
    RunReport.Check check =
        check(
            rows(
                "TIMESTAMP'2026-02-27 00:00:00Z'",
                "TIMESTAMP'2026-03-02 00:00:00Z'",
                "TIMESTAMP'2099-01-01 00:00:00Z'",
                "CAST(NULL AS TIMESTAMP)"),
            updatedWithin("ts", days(1)));

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.detail().orElseThrow())
        .endsWith("or later; 2 rows lie at or after it, which don't count");
  }

  @Test
  void withoutAValueNothingIsNew() {
    assertThat(check(rows("CAST(NULL AS TIMESTAMP)"), updatedWithin("ts", days(9))).detail())
        .contains(
            "no row has a ts before 2026-03-02T00:00:00Z, the end of the interval, expected"
                + " 2026-02-21T00:00:00Z or later");
    assertThat(status(rows("TIMESTAMP'2026-03-01 18:00:00Z'").where("false"), days(9)))
        .isEqualTo(Status.FAILED);
    assertThat(status(rows("TIMESTAMP'2026-03-02 18:00:00Z'"), days(9))).isEqualTo(Status.FAILED);
  }

  @Test
  void aDateIsItsMidnight() {
    assertThat(status(rows("DATE'2026-03-01'"), days(1))).isEqualTo(Status.PASSED);
    assertThat(status(rows("DATE'2026-02-28'"), days(1))).isEqualTo(Status.FAILED);
    assertThat(status(rows("DATE'2026-03-02'"), days(1))).isEqualTo(Status.FAILED);
  }

  @Test
  void aTimeWithoutAZoneIsInUtc() {
    Rows local = rows("TIMESTAMP'2026-03-01 23:30:00Z'").with("ts", "CAST(ts AS TIMESTAMP_NTZ)");

    assertThat(status(local, minutes(30))).isEqualTo(Status.PASSED);
    assertThat(status(local, minutes(29))).isEqualTo(Status.FAILED);
  }

  /** In one pass with other checks, each of which finds its own counts. */
  @Test
  void amongOtherChecksOfTheSameRows() {
    RunReport report =
        lake.run(
            march(1),
            rows("TIMESTAMP'2026-03-01 18:00:00Z'", "CAST(NULL AS TIMESTAMP)")
                .expect(
                    notNull("day"),
                    updatedWithin("ts", hours(6)),
                    notNull("ts"),
                    updatedWithin("ts", hours(5)))
                .to(delta("mart/x").overwrite(DAY)));

    assertThat(report.checks())
        .extracting(RunReport.Check::status)
        .containsExactly(Status.PASSED, Status.PASSED, Status.FAILED, Status.FAILED);
    assertThat(report.checks())
        .extracting(RunReport.Check::failingRows)
        .containsExactly(0L, 0L, 1L, 0L);
  }

  @Test
  void whatHoldsNoTimesIsRefused() {
    assertThat(problem(rows("'2026-03-01'"), updatedWithin("ts", days(1))))
        .isEqualTo(
            "TYPE_MISMATCH: Cannot expect 'ts' (STRING) to be updated within some time: it holds no"
                + " times.");
    assertThat(problem(rows("'2026-03-01'"), updatedWithin("tss", days(1))))
        .isEqualTo("UNRESOLVED_COLUMN: Cannot find 'tss' in \"updatedWithin(tss, days(1))\".");
  }

  private String problem(Rows rows, Expectation check) {
    List<Problem> problems =
        lake.invalid(rows.expect(check).to(delta("mart/x").overwrite(DAY))).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0).code() + ": " + problems.get(0).message();
  }

  @Test
  void withoutAnIntervalNothingTellsWhatIsNew() {
    Rows rows = rows("TIMESTAMP'2026-03-01 18:00:00Z'");
    Expectation check = updatedWithin("ts", days(1));

    for (Problem problem :
        List.of(
            lake.problem(rows.expect(check)),
            lake.invalid(rows.to(delta("mart/x").overwrite().expect(check))).problems().get(0))) {
      assertThat(problem.code()).isEqualTo("NO_INTERVAL");
      assertThat(problem.message()).contains("updatedWithin(ts, days(1))", "has no interval");
    }
  }
}
