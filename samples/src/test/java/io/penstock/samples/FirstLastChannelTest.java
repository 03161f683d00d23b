package io.penstock.samples;

import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;
import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class FirstLastChannelTest {
  private static final String TABLE = "mart/first_last_channel";
  private static final String COLUMNS = "userid BIGINT, first_channel STRING, last_channel STRING";

  @Test
  void everyUserHasTheChannelsOfHerFirstAndLastLandedSession() throws Exception {
    TestLake lake = TestLake.landed();
    lake.penstock("run", "first-last-channel").well();

    try (RawLake raw = RawLake.sample()) {
      assertHolds(lake.table(TABLE), COLUMNS, raw.firstLastChannel(TestLake.LANDED_DAYS));
      assertThat(usersWhoseFirstChannelATieDecides(raw)).isGreaterThan(10);
    }
  }

  /** The largest id of the first instant would give another channel than the smallest. */
  private static int usersWhoseFirstChannelATieDecides(RawLake raw) {
    return raw.query(
            """
            SELECT userid FROM landed_session JOIN landed_channel USING (sessionid)
            WHERE list_contains(CAST(? AS DATE[]), day)
            GROUP BY userid
            HAVING arg_min(channel, (ts, sessionid))
              <> arg_max(channel, (-epoch_us(ts), sessionid))
            """,
            TestLake.LANDED_DAYS)
        .rows()
        .size();
  }

  @Test
  void ofTwoSessionsAtOneInstantTheSmallerIdComesFirst() {
    String tie = "2026-03-01T10:00:00.000001Z";
    JobTest.of(new FirstLastChannel())
        .given(
            "raw/session_timestamp",
            rows(
                "sessionid STRING, ts TIMESTAMP",
                row("b", tie),
                row("a", tie),
                row("c", tie),
                row("x", "2026-03-01T10:00:00.000002Z"),
                row("y", "2026-03-01T10:00:00Z"),
                row("without channel", tie)))
        .given(
            "raw/user_session_channel",
            rows(
                "userid BIGINT, sessionid STRING, channel STRING",
                row(1, "b", "second"),
                row(1, "a", "first"),
                row(1, "c", "third"),
                row(2, "x", "later"),
                row(2, "y", "earlier"),
                row(3, "without time", "unknown")))
        .run()
        .succeeded()
        .table(TABLE)
        .hasRows(rows(COLUMNS, row(1, "first", "third"), row(2, "earlier", "later")));
  }
}
