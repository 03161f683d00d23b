package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.oracle.ResultTable;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A newcomer's first commands, on a lake where nothing has landed yet. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithUpstreamTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final TestLake LAKE = TestLake.withArrivals();

  @Test
  @Order(1)
  void withoutItsInputsTheReportNamesTheCommandsThatProduceThem() {
    Ended ended = LAKE.penstock("run", "channel-report", "--date=" + DAY).with(66);

    String repair =
        ("penstock run land-sessions --date 2026-03-01 --lake %1$s && penstock run land-channels"
                + " --lake %1$s && penstock run land-payments --lake %1$s")
            .formatted(LAKE.root());
    JsonNode line = ended.line();
    assertThat(line.get("status").textValue()).isEqualTo("FAILED");
    assertThat(line.get("published").textValue()).isEqualTo("NONE");
    assertThat(line.get("retryable").booleanValue()).isTrue();
    assertThat(line.get("repair").textValue()).isEqualTo(repair);
    assertThat(ended.err()).contains(repair).doesNotContain("\tat ");
  }

  @Test
  @Order(2)
  void withUpstreamEveryJobSucceedsAndTheReportIsThere() throws Exception {
    Ended ended = LAKE.penstock("run", "channel-report", "--with-upstream", "--date=" + DAY).well();

    List<JsonNode> tasks = ended.lines().subList(0, 4);
    assertThat(tasks)
        .extracting(line -> line.get("job").textValue())
        .containsExactly("land-sessions", "land-channels", "land-payments", "channel-report");
    assertThat(tasks)
        .allSatisfy(
            line -> {
              assertThat(line.get("status").textValue()).isEqualTo("SUCCEEDED");
              assertThat(line.get("published").textValue()).isEqualTo("ALL");
            });
    JsonNode summary = ended.lines().get(4).get("summary");
    assertThat(summary.get("tasks").intValue()).isEqualTo(4);
    assertThat(summary.get("succeeded").intValue()).isEqualTo(4);
    assertThat(ended.lines()).hasSize(5);
    try (RawLake raw = RawLake.sample()) {
      ResultTable report = raw.channelReport(DAY);
      assertHolds(
          LAKE.table("mart/channel_report"),
          """
          day DATE, channel STRING, unique_users BIGINT, paying_users BIGINT,
          gross_revenue DECIMAL(22, 2), net_revenue DECIMAL(22, 2)
          """,
          report);
      LAKE.export("export/channel_report", "day=" + DAY).holdsInAnyOrder(report);
    }
  }

  @Test
  @Order(3)
  void whatHasLandedIsNotLandedAgain() {
    Ended ended = LAKE.penstock("run", "channel-report", "--with-upstream", "--date=" + DAY).well();

    assertThat(ended.line().get("job").textValue()).isEqualTo("channel-report");
  }
}
