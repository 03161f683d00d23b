package io.penstock.samples;

import static io.penstock.jobs.testing.GivenRow.NULL;
import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;
import static io.penstock.samples.testing.Frames.assertHolds;

import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class TopRevenueTest {
  private static final String TOP = "userid BIGINT, gross_revenue DECIMAL(22, 2)";

  @Test
  void theTenUsersStandInTheTableAndInOrderInTheExport() throws Exception {
    TestLake lake = TestLake.landed();

    lake.penstock("run", "top-revenue").well();

    try (RawLake raw = RawLake.sample()) {
      assertHolds(lake.table("mart/top_revenue"), TOP, raw.topRevenue());
      lake.export("export/top_revenue").holds(raw.topRevenue());
    }
  }

  @Test
  void usersWithoutAnyAmountAreLeftOutAndTiesGoToTheSmallerId() {
    JobTest.of(new TopRevenue())
        .given(
            "raw/user_session_channel",
            rows(
                "userid BIGINT, sessionid STRING, channel STRING",
                row(9_007_199_254_740_993L, "a", "x"),
                row(9_007_199_254_740_992L, "b", "x"),
                row(7, "c", "x"),
                row(8, "d", "x")))
        .given(
            "raw/session_transaction",
            rows(
                "sessionid STRING, refunded BOOLEAN, amount DECIMAL(12, 2)",
                row("a", false, 5),
                row("b", true, 5),
                row("c", false, 0),
                row("d", false, NULL),
                row("of nobody", false, 99)))
        .run()
        .succeeded()
        .export("export/top_revenue")
        .hasContent(
            """
            userid,gross_revenue
            9007199254740992,5.00
            9007199254740993,5.00
            7,0.00
            """);
  }
}
