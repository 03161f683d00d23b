package io.penstock.samples;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.samples.testing.Frames.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A repeated task leaves the same content, whatever ran in between. */
@Tag("spark")
class RepeatedRunTest {
  private static final Partition DAY = Partition.daily("day");

  private static final List<List<String>> LANDING =
      List.of(
          List.of("land-channels"),
          List.of("land-payments"),
          List.of("land-sessions", "--date", "2026-02-14"),
          List.of("land-sessions", "--date", "2026-02-20"));
  private static final List<List<String>> REPORTS =
      List.of(
          List.of("channel-report", "--date", "2026-02-14"),
          List.of("channel-report", "--date", "2026-02-20"),
          List.of("monthly-channels", "--date", "2026-02-01"),
          List.of("first-last-channel"),
          List.of("top-revenue"),
          List.of("word-count"));

  /** Reads a day of the report, even a silent one. */
  private static final class ReportReader implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("report-reader")
          .writes(
              read(delta("mart/channel_report").partition(DAY))
                  .to(delta("mart/report_copy").overwrite(DAY)));
    }
  }

  @Test
  void everyJobLeavesTheSameContentHoweverOftenAndInWhateverOrderItRuns() {
    TestLake lake =
        TestLake.landed().copy().landRestOf(YearMonth.of(2026, 2), TestLake.LANDED_DAYS);
    REPORTS.forEach(task -> run(lake, task));
    Map<String, Long> versions = lake.versions();
    Map<String, String> exports = lake.exports();

    Random random = new Random(2);
    for (int round = 0; round < 2; round++) {
      List<List<String>> tasks = new ArrayList<>(LANDING);
      tasks.addAll(REPORTS);
      Collections.shuffle(tasks, random);
      tasks.forEach(task -> run(lake, task));
    }

    versions.forEach(
        (path, version) -> {
          assertThat(lake.version(path)).isGreaterThan(version);
          assertSameRows(lake.table(path, version), lake.table(path));
        });
    assertThat(lake.versions()).containsOnlyKeys(versions.keySet());
    assertThat(lake.exports()).containsOnlyKeys(exports.keySet());
    exports.forEach(
        (path, text) -> assertThat(sorted(lake.exports().get(path))).isEqualTo(sorted(text)));
    assertThat(lake.exports().get("export/top_revenue/top_revenue.csv"))
        .isEqualTo(exports.get("export/top_revenue/top_revenue.csv"));
  }

  @Test
  void aDayThatTurnsOutToBeSilentIsClearedAndItsReaderRuns() {
    TestLake lake = TestLake.landed().copy();
    String arrivals = "session_timestamp/2026-02-14/part-0.csv";
    String session =
        lake.table("raw/user_session_channel").select("sessionid").first().getString(0);
    List<List<String>> tasks =
        List.of(
            List.of("land-sessions", "--date", "2026-02-14"),
            List.of("channel-report", "--date", "2026-02-14"));
    lake.deliver(arrivals, "sessionid,ts\n%s,2026-02-14T10:00:00.000000Z\n".formatted(session));
    tasks.forEach(task -> run(lake, task));
    assertThat(lake.export("export/channel_report", "day=2026-02-14").rows()).hasSize(1);

    lake.deliver(arrivals);
    tasks.forEach(task -> run(lake, task));

    assertThat(silent(lake, "raw/session_timestamp")).isZero();
    assertThat(silent(lake, "mart/channel_report")).isZero();
    assertThat(lake.export("export/channel_report", "day=2026-02-14").text())
        .isEqualTo("day,channel,unique_users,paying_users,gross_revenue,net_revenue\n");
    lake.penstock(List.of(new ReportReader()), "run", "report-reader", "--date=2026-02-14").well();
    assertThat(silent(lake, "mart/report_copy")).isZero();
  }

  private static void run(TestLake lake, List<String> task) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(task);
    lake.penstock(words.toArray(String[]::new)).well();
  }

  private static long silent(TestLake lake, String path) {
    return lake.table(path).where("day = DATE '2026-02-14'").count();
  }

  /** Sorts rows whose order isn't guaranteed. */
  private static String sorted(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?m)^(?=\\d)", -1)));
    Collections.sort(lines);
    return String.join("", lines);
  }
}
