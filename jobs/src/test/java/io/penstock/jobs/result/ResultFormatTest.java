package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.LeftBehind;
import io.penstock.jobs.plan.Task;
import io.penstock.spec.Interval;
import io.penstock.spec.UnitDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * The form of results, which workflow tools and people's scripts read. To write what this release
 * writes:
 *
 * <pre>mvn -pl jobs test -Dtest=ResultFormatTest -Dgoldens=write</pre>
 */
class ResultFormatTest {
  private static final Path GOLDENS = Path.of("src/test/resources/io/penstock/jobs/result");
  private static final Interval DAY = Jobs.DAY.unitOf(UnitDate.of("2026-03-01"));
  private static final Task TASK = new Task(new Jobs.LandSales().pipeline(), Optional.of(DAY));
  private static final String RUN = "20260302T010203004Z-8f3a60c1";
  private static final Failure FAILURE =
      new Failure(
          FailureKind.DATA, "CHECK_FAILED", "1 of 100 rows failed.", "look at the examples.");

  @Test
  void aResultWithAValueInEveryField() throws IOException {
    requireGolden("failed.json", ResultJson.of(failed()));
  }

  @Test
  void aResultOfATaskThatNeverBegan() throws IOException {
    requireGolden("skipped.json", ResultJson.of(skipped()));
  }

  @Test
  void aTaskThatRuns() throws IOException {
    requireGolden("running.json", ResultJson.running(TASK, RUN));
  }

  @Test
  void whatBecameOfAnUnfinishedRun() throws IOException {
    requireGolden(
        "recovered.json",
        ResultJson.of(
            unfinished(),
            unfinished().completion().get(),
            Optional.of("penstock run land-sales --date 2026-03-01")));
  }

  @Test
  void aRunThatCouldNotBeLookedAfter() throws IOException {
    requireGolden("not-recovered.json", ResultJson.notRecovered(unfinished(), FAILURE));
  }

  private static void requireGolden(String name, JsonNode written) throws IOException {
    Path golden = GOLDENS.resolve(name);
    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(GOLDENS);
      Files.writeString(golden, written.toPrettyString() + "\n");
    }
    assertThat(written.toPrettyString() + "\n").isEqualTo(Files.readString(golden));
  }

  private static TaskResult failed() {
    return new TaskResult(
        TASK,
        RUN,
        Status.FAILED,
        ExitCode.DATA,
        Optional.of(report()),
        Duration.ofMillis(1234),
        Optional.of(FAILURE),
        Optional.of("penstock run land-sales --date 2026-03-01"));
  }

  private static TaskResult skipped() {
    return new TaskResult(
        new Task(new Jobs.LandProducts().pipeline(), Optional.empty()),
        RUN,
        Status.SKIPPED,
        ExitCode.DATA,
        Optional.empty(),
        Duration.ZERO,
        Optional.of(FAILURE),
        Optional.empty());
  }

  private static RunReport report() {
    return new RunReport(
        RunReport.Published.PARTIAL,
        List.of(
            new RunReport.Input(
                "raw/orders",
                OptionalLong.of(12),
                OptionalLong.of(100),
                2,
                4096,
                31,
                Optional.empty(),
                Map.of()),
            new RunReport.Input(
                "arrivals/rates",
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                20,
                5,
                Optional.of("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
                Map.of(),
                List.of("day=2026-02-28"))),
        List.of(
            new RunReport.Output(
                "raw/sales",
                "delta",
                "file:/lake/raw/sales",
                List.of("day=2026-03-01"),
                100,
                1,
                2048,
                310,
                OptionalLong.of(8)),
            new RunReport.Output(
                "export/sales",
                "csv",
                "file:/lake/export/sales",
                List.of(),
                100,
                1,
                1024,
                12,
                OptionalLong.empty())),
        List.of(
            new RunReport.Check(
                "unique(id)", "expect (Sales.java:20)", RunReport.Status.PASSED, 100, 0, List.of()),
            new RunReport.Check(
                "notNull(id)",
                "to (Sales.java:30)",
                RunReport.Status.FAILED,
                100,
                1,
                List.of("id = NULL"),
                Optional.of("100 rows of 100"),
                Optional.of("a feast day"))),
        List.of(
            new RunPlan.Doubt(
                "aggregate (Sales.java:18)",
                "sum of DOUBLE may differ in its last digits",
                Optional.empty()),
            new RunPlan.Doubt(
                "aggregate (Sales.java:19)",
                "first depends on the order of rows",
                Optional.of("for show"))),
        Optional.of(FAILURE));
  }

  private static LeftBehind unfinished() {
    return new LeftBehind(
        TASK.pipeline().name(),
        RUN,
        TASK.unit(),
        () -> new UnfinishedRun.Completion(UnfinishedRun.Ending.GIVEN_UP, report()),
        () -> {});
  }
}
