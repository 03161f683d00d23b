package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.oracle.ResultTable;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.Page;
import io.penstock.samples.testing.TestLake;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newcomer's first commands, in the order of the pages and on a lake where nothing has landed
 * yet: each prints what the pages show.
 */
@Tag("spark")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstCommandsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final TestLake LAKE = TestLake.withArrivals();

  @TempDir private Path folder;

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
    Ended ended = run("jobs/penstock run channel-report --with-upstream --date 2026-03-01");

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
    assertThat(ended.lines()).hasSize(5);
    String shown = Page.README.after("$ jobs/penstock run channel-report --with-upstream");
    assertThat(shown.lines().skip(1).map(FirstCommandsTest::ofAnyRun))
        .isEqualTo(ended.out().lines().skip(3).map(FirstCommandsTest::ofAnyRun).toList());
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
    String account = Page.README.beginning("channel-report 2026-03-01 (4 of 4)");
    assertThat(ofAnyRun(ended.err())).endsWith("\n" + ofAnyRun(account));
  }

  @Test
  @Order(3)
  void theReportIsShownAndExportedAsThePageHasIt() {
    String show = "$ jobs/penstock show mart/channel_report --where \"unique_users > 150\"\n";
    assertThat(Page.README.blocks()).extracting(Page.Block::text).contains(show);
    Ended shown =
        LAKE.penstock("show", "mart/channel_report", "--where", "unique_users > 150").well();

    assertThat(sorted(shown.out())).isEqualTo(sorted(Page.README.after(show)));
    assertThat(sorted(LAKE.export("export/channel_report", "day=" + DAY).text()))
        .isEqualTo(
            sorted(
                Page.README.after(
                    "$ cat data/export/channel_report/day=2026-03-01/channel_report.csv\n")));
  }

  @Test
  @Order(4)
  void thePlanIsTheOneOnThePage() {
    String plan = "jobs/penstock plan channel-report --date 2026-03-01";

    assertThat(ofAnyRun(run(plan).out())).isEqualTo(ofAnyRun(Page.JOBS.after("$ " + plan)));
  }

  @Test
  @Order(5)
  void theScriptForPostgresIsTheOneOnThePage() {
    String load =
        "jobs/penstock load-command export/channel_report --for postgres --date 2026-03-01";

    assertThat(ofAnyRun(run(load).out())).isEqualTo(ofAnyRun(Page.JOBS.after("$ " + load)));
  }

  @Test
  @Order(5)
  void theSnippetForPandasIsTheOneOnThePage() {
    String read = "jobs/penstock read-command mart/channel_report --for pandas";

    assertThat(ofAnyRun(run(read).out())).isEqualTo(ofAnyRun(Page.JOBS.after("$ " + read)));
  }

  @Test
  @Order(6)
  void runsThatEndedLeaveNothingToRecoverOrToClean() {
    assertThat(run("jobs/penstock recover").line().at("/summary/runs").intValue()).isZero();
    assertThat(LAKE.penstock("clean").well().line().at("/clean/leftovers").intValue()).isZero();
  }

  @Test
  @Order(7)
  void whatHasLandedIsNotLandedAgain() {
    Ended ended = LAKE.penstock("run", "channel-report", "--with-upstream", "--date=" + DAY).well();

    assertThat(ended.line().get("job").textValue()).isEqualTo("channel-report");
  }

  @Test
  @Order(8)
  void theCommandsForWorkflowToolsRunOneDaySeveralDaysAndSeveralJobs() {
    LAKE.landRestOf(YearMonth.from(DAY), List.of(DAY));

    run(
        "jobs/penstock run channel-report --date 2026-03-01"
            + " --lake /data/lake --result-file result.json");
    assertThat(folder.resolve("result.json")).content().contains("\"status\" : \"SUCCEEDED\"");

    assertThat(run("jobs/penstock run channel-report --from 2026-03-01 --to 2026-03-04").lines())
        .filteredOn(line -> line.has("job"))
        .extracting(line -> line.get("interval").get("from").textValue().substring(0, 10))
        .isEqualTo(DAY.datesUntil(LocalDate.of(2026, 3, 4)).map(LocalDate::toString).toList());

    assertThat(run("jobs/penstock run monthly-channels channel-report --date 2026-03-01").lines())
        .filteredOn(line -> line.has("job"))
        .extracting(line -> line.get("job").textValue())
        .containsExactlyInAnyOrder("monthly-channels", "channel-report");
  }

  /** Runs a command of a page in this JVM, on the test's lake. */
  private Ended run(String command) {
    assertThat(Page.FOR_USERS).anyMatch(page -> page.commands().contains(command));
    Stream<String> words = Stream.of(command.split(" ")).skip(1);
    return LAKE.penstock(
            words
                .map(word -> word.equals("/data/lake") ? LAKE.root().toString() : word)
                .map(word -> word.equals("result.json") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new))
        .well();
  }

  private static String ofAnyRun(String output) {
    return Page.ofAnyRun(output)
        .replace("/home/you/penstock/data/", "/lake/")
        .replace(LAKE.root() + "/", "/lake/");
  }

  /** Sorts lines, since the order of rows isn't guaranteed. */
  private static String sorted(String text) {
    return text.lines().sorted().collect(Collectors.joining("\n"));
  }
}
