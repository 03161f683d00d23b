package io.penstock.samples;

import static io.penstock.jobs.testing.GivenRow.NULL;
import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;
import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class ChannelReportTest {
  private static final Partition DAY = Partition.daily("day");
  private static final String REPORT =
      """
      day DATE, channel STRING, unique_users BIGINT, paying_users BIGINT,
      gross_revenue DECIMAL(22, 2), net_revenue DECIMAL(22, 2)
      """;
  private static final String SESSIONS = "day DATE, sessionid STRING, ts TIMESTAMP";
  private static final String CHANNELS = "userid BIGINT, sessionid STRING, channel STRING";
  private static final String PAYMENTS =
      "sessionid STRING, refunded BOOLEAN, amount DECIMAL(12, 2)";

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
   * The first and the last day, the silent one, one without payments through the newsletter, and
   * one on which all payments through partners were refunded.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-19",
        "2026-02-14",
        "2026-03-09",
        "2026-03-12",
        "2026-03-31"
      })
  void aDayIsReportedByChannelInTheTableAndInTheExport(LocalDate day) {
    TestLake lake = TestLake.landed();

    lake.penstock("run", "channel-report", "--date", day.toString()).well();

    assertHolds(
        lake.table("mart/channel_report").where("day = DATE '" + day + "'"),
        REPORT,
        raw.channelReport(day));
    lake.export("export/channel_report", "day=" + day).holdsInAnyOrder(raw.channelReport(day));
  }

  @Test
  void revenueIsUnknownWithoutAmountsAndUsersPayWithAmountsAboveZero() {
    JobTest.of(new ChannelReport())
        .given(
            "raw/session_timestamp",
            DAY,
            rows(
                SESSIONS,
                row("2026-03-01", "a1", "2026-03-01T00:00:00Z"),
                row("2026-03-01", "a2", "2026-03-01T23:59:59.999999Z"),
                row("2026-03-01", "b1", "2026-03-01T10:00:00Z"),
                row("2026-03-01", "c1", "2026-03-01T11:00:00Z"),
                row("2026-03-01", "c2", "2026-03-01T12:00:00Z"),
                row("2026-03-01", "d1", "2026-03-01T13:00:00Z"),
                row("2026-03-01", "nobody", "2026-03-01T14:00:00Z")))
        .given(
            "raw/user_session_channel",
            rows(
                CHANNELS,
                row(1, "a1", "paid twice"),
                row(1, "a2", "paid twice"),
                row(2, "b1", "never paid"),
                row(3, "c1", "paid nothing"),
                row(4, "c2", "paid nothing"),
                row(5, "d1", "refunded"),
                row(6, "another day", "refunded")))
        .given(
            "raw/session_transaction",
            rows(
                PAYMENTS,
                row("a1", false, new BigDecimal("1.10")),
                row("a2", true, new BigDecimal("2.20")),
                row("c1", false, 0),
                row("c2", false, NULL),
                row("d1", true, 5),
                row("another day", false, 9)))
        .run("2026-03-01")
        .succeeded()
        .table("mart/channel_report")
        .hasRows(
            rows(
                REPORT,
                row(
                    "2026-03-01",
                    "paid twice",
                    1,
                    1,
                    new BigDecimal("3.30"),
                    new BigDecimal("1.10")),
                row("2026-03-01", "never paid", 1, 0, NULL, NULL),
                row("2026-03-01", "paid nothing", 2, 0, 0, 0),
                row("2026-03-01", "refunded", 1, 1, 5, NULL)))
        .export("export/channel_report")
        .hasLines(
            "day,channel,unique_users,paying_users,gross_revenue,net_revenue",
            "2026-03-01,paid twice,1,1,3.30,1.10",
            "2026-03-01,never paid,1,0,,",
            "2026-03-01,paid nothing,2,0,0.00,0.00",
            "2026-03-01,refunded,1,1,5.00,");
  }

  @Test
  void aSessionWithoutTheNameOfItsChannelFailsTheTask() {
    JobTest.of(new ChannelReport())
        .given(
            "raw/session_timestamp",
            DAY,
            rows(SESSIONS, row("2026-03-01", "a", "2026-03-01T00:00:00Z")))
        .given("raw/user_session_channel", rows(CHANNELS, row(1, "a", NULL)))
        .given("raw/session_transaction", rows(PAYMENTS))
        .run("2026-03-01")
        .failedWith(ExitCode.DATA)
        .check("notNull(channel)")
        .failedFor(1)
        .export("export/channel_report")
        .isAbsent();
  }

  /**
   * After an intended change, write the file again and review its difference: {@code mvn -pl
   * samples -am test -Dtest=ChannelReportTest -Dgoldens=write}.
   */
  @Test
  void thePictureOfItsPlanIsTheOneOnThePage() throws IOException {
    Path golden = Path.of("src/test/resources/plans/channel-report.mmd");

    String picture =
        TestLake.landed()
            .penstock("plan", "channel-report", "--date", "2026-02-20", "--format", "mermaid")
            .well()
            .out();

    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, picture);
    }
    assertThat(picture).isEqualTo(Files.readString(golden));
  }
}
