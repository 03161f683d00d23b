package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Missing data is never taken for empty data: neither rejected nor deleted units. */
@Tag("spark")
class MissingIsNotEmptyTest {
  private static final String DAY = "2026-03-01";
  private static final String CHANNELS = "user_session_channel/part-0.csv";

  /** Like a scheduler that retries failed tasks. */
  @Test
  void aReportIsRefusedAsLongAsItsInputIs() throws IOException {
    TestLake lake = TestLake.withArrivals();
    Path arrived = lake.root().resolve("arrivals").resolve(CHANNELS);
    String[] lines = Files.readString(arrived).split("\n", -1);
    String session = lines[1].split(",", -1)[1];
    lake.deliver(CHANNELS, Files.readString(arrived) + "999999," + session + ",organic\n");
    String[] words = {"run", "channel-report", "--date", DAY, "--with-upstream"};

    Ended first = lake.penstock(words).with(65);
    Ended again = lake.penstock(words).with(65);

    for (Ended ended : new Ended[] {first, again}) {
      assertThat(ended.err()).contains("land-channels", "fail");
    }
    assertThat(lake.root().resolve("raw/user_session_channel/_delta_log")).doesNotExist();
    assertThat(lake.root().resolve("mart")).doesNotExist();
    assertThat(lake.root().resolve("export")).doesNotExist();
    JsonNode alone = lake.penstock("run", "channel-report", "--date", DAY).with(66).line();
    assertThat(alone.get("repair").textValue()).contains("run land-channels");
  }

  @Test
  void aReportOfWhatWasDeletedIsRefusedAndStaysAsItWas() {
    TestLake lake = TestLake.landed().copy();
    String day = TestLake.LANDED_DAYS.get(0).toString();
    lake.penstock("run", "channel-report", "--date", day).well();
    Map<String, String> exports = lake.exports();
    lake.sql("DELETE FROM {raw/session_timestamp} WHERE day = '" + day + "'");
    Map<String, Long> versions = lake.versions();

    Ended ended = lake.penstock("run", "channel-report", "--date", day).with(66);

    assertThat(ended.line().get("repair").textValue()).contains("run land-sessions --date " + day);
    assertThat(ended.err()).contains("'land-sessions' wrote it, and it is gone");
    assertThat(lake.versions()).isEqualTo(versions);
    assertThat(lake.exports()).isEqualTo(exports);

    lake.penstock("run", "channel-report", "--date", day, "--with-upstream").well();
    assertThat(lake.exports()).isEqualTo(exports);
  }
}
