package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.oracle.ResultTable;
import io.penstock.samples.testing.TestLake;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class MonthlyChannelsTest {
  private static final String REPORT =
      """
      month DATE, channel STRING, unique_users BIGINT, paying_users BIGINT,
      conversion_rate DECIMAL(5, 2), gross_revenue DECIMAL(22, 2), net_revenue DECIMAL(22, 2)
      """;

  @Test
  void aMonthIsReportedByChannelInTheTableAndInTheExport() throws Exception {
    YearMonth february = YearMonth.of(2026, 2);
    TestLake lake = TestLake.landed().copy().landRestOf(february, TestLake.LANDED_DAYS);

    lake.penstock("run", "monthly-channels", "--date", "2026-02-17").well();

    try (RawLake raw = RawLake.sample()) {
      ResultTable report = raw.monthlyChannels(february);
      assertHolds(lake.table("mart/monthly_channels"), REPORT, report);
      lake.export("export/monthly_channels", "month=2026-02-01").holdsInAnyOrder(report);
    }
  }

  @Test
  void aMonthWhoseDaysHaveNotAllLandedIsMissingInput() {
    JsonNode line =
        TestLake.landed().penstock("run", "monthly-channels", "--date=2026-01-01").with(66).line();

    assertThat(line.get("repair").textValue())
        .isEqualTo(
            "penstock run land-sessions --from 2026-01-02 --to 2026-02-01 --lake "
                + TestLake.landed().root());
  }

  /**
   * 1 of 800 is an eighth of a percent, 0.125; users without a payment count too, and where nobody
   * knows any user the rate is 0.
   */
  @Test
  void theConversionRateIsRoundedHalfUpAndNothingElse() {
    TestLake lake = TestLake.empty();
    String visits =
        """
        FROM VALUES ('one eighth', 800, 1), ('three eighths', 800, 3), ('a third', 3, 1),
          ('two thirds', 3, 2), ('all', 2, 2), ('none', 2, 0), ('nobody', 2, 0)
          AS c (channel, users, payers)
          LATERAL VIEW explode(sequence(1, users)) AS n
        """;
    lake.write(
            "raw/session_timestamp",
            """
            SELECT concat(channel, n) AS sessionid, CAST(day AS TIMESTAMP) AS ts, day FROM (
              SELECT channel, n, date_add(DATE '2026-02-01', n %% 28) AS day %s)
            """
                .formatted(visits),
            "day")
        .write(
            "raw/user_session_channel",
            "SELECT CAST(if(channel = 'nobody', NULL, n) AS BIGINT) AS userid,"
                + " concat(channel, n) AS sessionid, channel "
                + visits)
        .write(
            "raw/session_transaction",
            "SELECT concat(channel, n) AS sessionid, n = 2 AS refunded,"
                + " CAST(1 AS DECIMAL(12, 2)) AS amount "
                + visits
                + " WHERE n <= payers");

    lake.penstock("run", "monthly-channels", "--date", "2026-02-01").well();

    assertHolds(
        lake.table("mart/monthly_channels"),
        REPORT,
        report(
            List.of(
                row("one eighth", 800, 1, "0.13", "1.00", "1.00"),
                row("three eighths", 800, 3, "0.38", "3.00", "2.00"),
                row("a third", 3, 1, "33.33", "1.00", "1.00"),
                row("two thirds", 3, 2, "66.67", "2.00", "1.00"),
                row("all", 2, 2, "100.00", "2.00", "1.00"),
                row("none", 2, 0, "0.00", null, null),
                row("nobody", 0, 0, "0.00", null, null))));
  }

  private static ResultTable report(List<List<Object>> rows) {
    return new ResultTable(
        List.of(
            "month",
            "channel",
            "unique_users",
            "paying_users",
            "conversion_rate",
            "gross_revenue",
            "net_revenue"),
        rows);
  }

  private static List<Object> row(
      String channel, long users, long payers, String rate, String gross, String net) {
    return Arrays.asList(
        LocalDate.of(2026, 2, 1),
        channel,
        users,
        payers,
        decimal(rate),
        decimal(gross),
        decimal(net));
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
