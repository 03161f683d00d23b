package io.penstock.samples;

import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;
import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class LandSessionsTest {
  private static final String TABLE = "raw/session_timestamp";
  private static final String QUARANTINE = "raw/_quarantine/session_timestamp";
  private static final String SESSIONS = "sessionid STRING, ts TIMESTAMP, day DATE";
  private static final String REFUSED = "file STRING, line BIGINT, reason STRING";

  private static RawLake raw;

  @BeforeAll
  static void open() {
    raw = RawLake.sample();
  }

  @AfterAll
  static void close() throws Exception {
    raw.close();
  }

  /**
   * The first and the last day, the silent one, two days whose folders hold an unclosed quote and
   * lines of other days, and one without anomalies.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-02-14",
        "2026-02-20",
        "2026-02-21",
        "2026-03-09",
        "2026-03-31"
      })
  void aDayHoldsWhatArrivedOfItUntilTwoDaysLater(LocalDate day) {
    assertHolds(sessions(TestLake.landed(), day), SESSIONS, raw.landSessions(day));
    assertHolds(refused(TestLake.landed(), day), REFUSED, raw.quarantined(day));
  }

  @Test
  void theTableHoldsTheLandedDaysAndNothingElse() {
    assertHolds(
        TestLake.landed().table(TABLE),
        SESSIONS,
        raw.query(
            """
            SELECT sessionid, ts, day FROM landed_session
            WHERE list_contains(CAST(? AS DATE[]), day)
            """,
            TestLake.LANDED_DAYS));
  }

  @Test
  void lateLinesLandWhenTheDayIsRunAgain() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    TestLake lake = TestLake.empty();

    for (int lag = 0; lag <= 2; lag++) {
      LocalDate arrival = day.plusDays(lag);
      lake.deliver("session_timestamp/" + arrival);

      JsonNode line = lake.penstock("run", "land-sessions", "--date=" + day).well().line();

      assertHolds(sessions(lake, day), SESSIONS, raw.landSessions(day, arrival));
      assertThat(line.get("outputs").get(0).get("rows").longValue())
          .isEqualTo(raw.landSessions(day, arrival).rows().size());
    }
    assertHolds(refused(lake, day), REFUSED, raw.quarantined(day));
  }

  @Test
  void aDayWhoseFolderHasNotArrivedIsMissingInput() {
    TestLake lake = TestLake.empty();

    JsonNode line = lake.penstock("run", "land-sessions", "--date=2026-03-01").with(66).line();

    assertThat(line.get("error").get("message").textValue())
        .contains("arrivals/session_timestamp/{arrival}", "no file has arrived for", "2026-03-01");
    assertThat(line.get("retryable").booleanValue()).isTrue();
    assertThat(Files.exists(lake.root().resolve("raw"))).isFalse();
  }

  @Test
  void everyLineThatDoesNotLandIsQuarantinedWithItsPlaceAndReason() {
    JobTest.of(new LandSessions())
        .givenFile(
            "arrivals/session_timestamp/2026-03-10/part-0.csv",
            "sessionid,ts\n"
                + lines(300)
                + """
                late,2026-03-08T23:59:59.999999Z
                timeless,
                toolate,2026-03-07T23:59:59.999999Z
                future,2026-03-11T00:00:00.000000Z
                """)
        .givenFile(
            "arrivals/session_timestamp/2026-03-11/part-0.csv",
            """
            sessionid,ts
            first,2026-03-10T00:00:00.000000Z
            0001,2026-03-10T12:00:00.000000Z
            """)
        .run("2026-03-10")
        .succeeded()
        .table(QUARANTINE)
        .hasRows(
            rows(
                "day DATE, file STRING, line BIGINT, reason STRING, text STRING",
                refused(303, "unreadable: no timestamp"),
                refused(304, "too late"),
                refused(305, "from the future")));
  }

  @Test
  void moreUnreadableLinesThanAllowedFailTheTaskAndPublishNothing() {
    JobTest land =
        JobTest.of(new LandSessions())
            .givenFile(
                "arrivals/session_timestamp/2026-03-10/part-0.csv",
                "sessionid,ts\n" + lines(198) + "a,yesterday\nb,2026-02-30T00:00:00.000000Z\n");

    land.run("2026-03-10").succeeded();

    land.givenFile(
            "arrivals/session_timestamp/2026-03-10/part-0.csv",
            "sessionid,ts\n" + lines(197) + "a,yesterday\nb,2026-02-30T00:00:00.000000Z\n")
        .run("2026-03-10")
        .failedWith(ExitCode.DATA)
        .check("satisfies(reason IS NULL, allowing 0.01)")
        .failedFor(2);
  }

  private static io.penstock.jobs.testing.GivenRow refused(long line, String reason) {
    return row(
        "2026-03-10",
        "arrivals/session_timestamp/2026-03-10/part-0.csv",
        line,
        reason,
        io.penstock.jobs.testing.GivenRow.NULL);
  }

  /** That many sessions of 10 March. */
  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj("%04d,2026-03-10T12:00:00.000000Z\n"::formatted)
        .collect(Collectors.joining());
  }

  private static Dataset<Row> sessions(TestLake lake, LocalDate day) {
    return lake.table(TABLE).where("day = DATE '" + day + "'");
  }

  /** The reason after the word 'unreadable' is cut off, since the oracle doesn't know it. */
  private static Dataset<Row> refused(TestLake lake, LocalDate arrival) {
    return lake.table(QUARANTINE)
        .where("day = DATE '" + arrival + "'")
        .selectExpr(
            "file", "line", "regexp_replace(reason, '^unreadable: .*', 'unreadable') AS reason");
  }
}
