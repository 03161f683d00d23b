package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A failed check leaves all outputs unchanged, and tells what it rejected. */
@Tag("spark")
class RefusedOutputTest {
  private static final String DAY = "2026-02-20";

  @Test
  void aFailedCheckChangesNothingAndItsOutputCanBeShown() throws Exception {
    TestLake lake = TestLake.landed().copy();
    lake.penstock("run", "channel-report", "--date", DAY).well();
    landSessionsWithoutTheNameOfTheirChannel(lake);
    Map<String, Long> versions = lake.versions();
    Map<String, String> exports = lake.exports();

    Ended ended = lake.penstock("run", "channel-report", "--date", DAY).with(65);

    assertThat(lake.versions()).isEqualTo(versions);
    assertThat(lake.exports()).isEqualTo(exports);
    JsonNode line = ended.line();
    assertThat(line.get("published").textValue()).isEqualTo("NONE");
    assertThat(line.get("retryable").booleanValue()).isFalse();
    assertThat(line.get("error").get("code").textValue()).isEqualTo("CHECK_FAILED");
    JsonNode check = line.get("checks").get(1);
    assertThat(check.get("name").textValue()).isEqualTo("notNull(channel)");
    assertThat(check.get("status").textValue()).isEqualTo("FAILED");
    assertThat(check.get("failingRows").longValue()).isEqualTo(1);
    assertThat(check.get("examples").get(0).textValue()).isEqualTo("day=2026-02-20, channel=NULL");
    String runId = line.get("runId").textValue();
    assertThat(ended.err())
        .contains(
            "notNull(channel) at expect (ChannelReport.java:",
            "1 of 7 rows fail, such as day=2026-02-20, channel=NULL",
            "nothing was published",
            "penstock show mart/channel_report --rejected " + runId)
        .doesNotContain("\tat ");

    for (String sink : new String[] {"mart/channel_report", "export/channel_report"}) {
      Ended shown =
          lake.penstock("show", sink, "--rejected", runId, "--where", "channel IS NULL").well();
      assertThat(shown.out()).contains("gross_revenue", DAY).doesNotContain("organic");
    }
  }

  @Test
  void aRunThatRefusedNothingHasNothingToShow() {
    Ended ended =
        TestLake.landed().penstock("show", "mart/channel_report", "--rejected", "no-run").with(64);

    assertThat(ended.err()).contains("No check of run 'no-run' refused anything");
  }

  /** Sessions that arrive before their channel is known. */
  private static void landSessionsWithoutTheNameOfTheirChannel(TestLake lake) throws Exception {
    String file = "user_session_channel/part-0.csv";
    StringBuilder content =
        new StringBuilder(Files.readString(lake.root().resolve("arrivals").resolve(file)));
    try (RawLake raw = RawLake.sample()) {
      raw.query(
              """
              SELECT sessionid FROM landed_session ANTI JOIN landed_channel USING (sessionid)
              WHERE day = CAST(? AS DATE)
              """,
              DAY)
          .column("sessionid")
          .forEach(session -> content.append("1,").append(session).append(",\n"));
    }
    lake.deliver(file, content.toString());
    lake.penstock("run", "land-channels").well();
  }
}
