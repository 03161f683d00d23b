package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;

import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class LandChannelsTest {
  private static final String FILE = "arrivals/user_session_channel/part-0.csv";

  @Test
  void everyChannelLandsOnceWhateverItsName() throws Exception {
    try (RawLake raw = RawLake.sample()) {
      assertHolds(
          TestLake.landed().table("raw/user_session_channel"),
          "userid BIGINT, sessionid STRING, channel STRING",
          raw.landChannels());
    }
  }

  @Test
  void aRefreshReplacesTheWholeTable() {
    JobTest land = JobTest.of(new LandChannels());
    land.givenFile(FILE, "userid,sessionid,channel\n1,a,e-mail\n2,b,\n2,b,\n").run().succeeded();

    land.givenFile(FILE, "userid,sessionid,channel\n3,c,\" partner\"\n")
        .run()
        .succeeded()
        .table("raw/user_session_channel")
        .hasRows(
            JobTest.rows(
                "userid BIGINT, sessionid STRING, channel STRING",
                JobTest.row(3, "c", " partner")));
  }

  @Test
  void aSessionWithTwoChannelsFailsTheTaskAndLeavesTheTable() {
    JobTest land = JobTest.of(new LandChannels());
    land.givenFile(FILE, "userid,sessionid,channel\n1,a,e-mail\n").run().succeeded();

    land.givenFile(FILE, "userid,sessionid,channel\n1,a,e-mail\n1,a,organic\n1,b,organic\n")
        .run()
        .failedWith(ExitCode.DATA)
        .check("unique(sessionid)")
        .failedFor(2)
        .table("raw/user_session_channel")
        .hasRows(
            JobTest.rows(
                "userid BIGINT, sessionid STRING, channel STRING", JobTest.row(1, "a", "e-mail")));
  }
}
