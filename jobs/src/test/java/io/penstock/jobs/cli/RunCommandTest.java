package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, their order, and the line that each of them prints. */
class RunCommandTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void oneTaskPrintsOneLineAndNoSummary() {
    assertThat(program.run("run", "land-sales", "--date", "2026-03-01")).isZero();

    String line = program.out().replaceAll("\"runId\":\"[^\"]*\"", "\"runId\":\"ID\"");
    assertThat(line.replaceAll("\"durationMs\":\\d+", "\"durationMs\":0"))
        .isEqualTo(
            """
            {"job":"land-sales","runId":"ID","status":"SUCCEEDED","published":"ALL",\
            "retryable":false,"interval":{"from":"2026-03-01T00:00:00Z","to":"2026-03-02T00:00:00Z"},\
            "complete":true,\
            "inputs":[{"name":"arrivals/sales","version":3,"rows":10,"files":2,"bytes":2048,"openedInMs":0}],\
            "outputs":[{"name":"raw/sales","format":"delta","path":"/lake/raw/sales",\
            "partitions":["day=2026-03-01"],"rows":6,"files":1,"bytes":1024,"version":4,"durationMs":0}],\
            "checks":[{"name":"unique(day)","status":"PASSED","place":"expect (Jobs.java:1)",\
            "rows":6,"failingRows":0}],"durationMs":0,"resultVersion":2}
            """);
    assertThat(program.lines().get(0).get("runId").textValue())
        .matches("20260302T031502417Z-[0-9a-f]{8}");
  }

  @Test
  void theAccountForPeopleTellsRowsBytesFilesAndTimes() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isZero();

    assertThat(
            program
                .err()
                .replaceAll("run \\d{8}T\\d{9}Z-[0-9a-f]{8}", "run ID")
                .replaceAll("done in .* s", "done in 0.1 s"))
        .isEqualTo(
            """
            daily-sales 2026-03-01, run ID
              writing daily-sales
              done in 0.1 s
              read raw/sales: 10 rows in 2 files, 2.0 KiB, opened in 0.0 s, version 3
              read raw/products: 10 rows in 2 files, 2.0 KiB, opened in 0.0 s, version 3
              delta mart/daily_sales: 6 rows in 1 file, 1.0 KiB, 1.3 s, version 4
              csv export/daily_sales: 6 rows in 1 file, 1.0 KiB, 1.3 s
            """);
  }

  @Test
  void whatWasAcceptedAsAbsentIsNamed() {
    program.lake.holding("raw/sales", Jobs.day("2026-03-01"));
    program.with(() -> JobRegistry.of(List.of(RunCommandTest::salesOfAWeek)));

    assertThat(program.run("plan", "sales-of-a-week", "--date", "2026-03-02")).isZero();
    assertThat(program.out())
        .contains("absent: day=2026-02-24, day=2026-02-25, day=2026-02-26 and 3 more");
    program.out.reset();

    assertThat(program.run("run", "sales-of-a-week", "--date", "2026-03-02")).isZero();
    JsonNode line = program.lines().get(0);
    assertThat(line.get("complete").booleanValue()).isFalse();
    assertThat(line.at("/inputs/0/absent"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            "day=2026-02-24",
            "day=2026-02-25",
            "day=2026-02-26",
            "day=2026-02-27",
            "day=2026-02-28",
            "day=2026-03-02");
    assertThat(program.err())
        .contains(
            "  incomplete, accepted as absent: raw/sales day=2026-02-24, day=2026-02-25,"
                + " day=2026-02-26 and 3 more\n");
    assertThat(
            Program.json(
                    program.lake.recordOf("sales-of-a-week", line.get("runId").textValue()).get())
                .get("complete"))
        .isEqualTo(line.get("complete"));

    program.out.reset();
    assertThat(program.run("plan", "sales-of-a-week", "--date=2026-03-02", "--format=json"))
        .isZero();
    assertThat(Program.json(program.out()).at("/inputs/0/absent"))
        .isEqualTo(line.at("/inputs/0/absent"));
  }

  private static Pipeline salesOfAWeek() {
    return Pipeline.named("sales-of-a-week")
        .describedAs("Sales of a week")
        .writes(
            read(delta("raw/sales").partition(Jobs.DAY.last(7).as("week")).orEmpty())
                .groupBy("week")
                .aggregate("count(*) AS n")
                .to(delta("mart/sales_of_a_week").overwrite(Partition.daily("week"))));
  }

  @Test
  void keysThatAreNotDeclaredAreNamedWithTheirRecords() {
    program.lake.undeclared("arrivals/sales", "note", 1).undeclared("arrivals/sales", "tip", 12345);

    assertThat(program.run("run", "land-sales", "--date", "2026-03-01")).isZero();

    assertThat(program.lines().get(0).at("/inputs/0/unknownKeys"))
        .hasToString("{\"note\":1,\"tip\":12345}");
    assertThat(program.err())
        .contains(
            """
              read arrivals/sales: 10 rows in 2 files, 2.0 KiB, opened in 0.0 s, version 3
                left out, not declared: note of 1 record, tip of 12,345 records
            """);
  }

  @Test
  void ofManyKeysTheFirstAreTold() {
    for (int i = 10; i < 22; i++) {
      program.lake.undeclared("arrivals/products", "k" + i, 2);
    }

    assertThat(program.run("run", "land-products")).isZero();

    assertThat(program.lines().get(0).at("/inputs/0/unknownKeys")).hasSize(12);
    assertThat(program.err())
        .contains("k10 of 2 records, k11 of 2 records", "k19 of 2 records, …\n")
        .doesNotContain("k20");
  }

  @Test
  void linesThatNobodyReadsAreLostLoudlyAndChangeNothing() {
    program.withClosedResults();

    assertThat(
            program.run(
                "run",
                "land-products",
                "land-sales",
                "--date=2026-03-01",
                "--result-file=result.json"))
        .isZero();

    assertThat(program.err())
        .containsOnlyOnce("Cannot write to stdout")
        .contains("the exit code stand", "2 of 2 tasks succeeded");
    assertThat(program.resultFile().get("tasks")).hasSize(2);
    assertThat(program.engine.executed()).hasSize(2);
  }

  @Test
  void aDateMeansTheUnitThatHoldsIt() {
    program.lake.holding("mart/daily_sales", Jobs.days("2026-03-01", 31));

    assertThat(program.run("run", "monthly-sales", "--date", "2026-03-17")).isZero();

    assertThat(program.lines().get(0).get("interval").get("from").textValue())
        .isEqualTo("2026-03-01T00:00:00Z");
  }

  @Test
  void aJobWithoutPartitionNeedsNoDateAndIgnoresOne() {
    assertThat(program.run("run", "land-products")).isZero();
    assertThat(program.run("run", "land-products", "--date", "2026-03-01")).isZero();

    assertThat(program.lines()).noneMatch(line -> line.has("interval"));
  }

  @Test
  void aRangeRunsUnitByUnitAndEndsWithASummary() {
    assertThat(program.run("run", "land-sales", "--from", "2026-03-01", "--to", "2026-03-04"))
        .isZero();

    assertThat(program.lines()).hasSize(4);
    assertThat(program.lines().get(3).get("summary").toString())
        .matches(
            "\\{\"tasks\":3,\"succeeded\":3,\"failed\":0,\"skipped\":0,\"stopped\":0,"
                + "\"exitCode\":0,\"durationMs\":\\d+}");
  }

  @Test
  void dependantsOfAFailureAreSkippedAndIndependentOnesRun() {
    program.engine.failing("land-sales", Jobs.checkFailed());

    assertThat(
            program.run(
                "run", "daily-sales", "land-products", "land-sales", "--date", "2026-03-01"))
        .isEqualTo(65);

    assertThat(program.jobs()).containsExactly("land-sales", "land-products", "daily-sales");
    assertThat(program.lines().stream().limit(3).map(line -> line.get("status").textValue()))
        .containsExactly("FAILED", "SUCCEEDED", "SKIPPED");
    assertThat(program.lines().get(2).get("error").get("message").textValue())
        .isEqualTo(
            "Did not run daily-sales 2026-03-01: it reads what land-sales 2026-03-01 did not"
                + " produce.");
    assertThat(program.lines().get(2).get("repair").textValue())
        .isEqualTo("penstock run daily-sales --date 2026-03-01");
    assertThat(program.lines().get(3).get("summary").get("exitCode").intValue()).isEqualTo(65);
  }

  @Test
  void aSkippedTaskIsWorthARetryWhenAllThatItIsSkippedForIs() {
    program.engine.failing("land-sales", Jobs.failure(FailureKind.INPUT_MISSING));
    program.engine.failing("land-products", Jobs.failure(FailureKind.TRY_AGAIN));
    JsonNode waiting = skipped();
    program.engine.failing("land-products", Jobs.checkFailed());
    JsonNode hopeless = skipped();

    assertThat(waiting.get("retryable").booleanValue()).isTrue();
    assertThat(hopeless.get("retryable").booleanValue()).isFalse();
    assertThat(hopeless.get("error").get("message").textValue())
        .isEqualTo(
            "Did not run daily-sales 2026-03-01: it reads what land-sales 2026-03-01,"
                + " land-products did not produce.");
  }

  private JsonNode skipped() {
    program.run("run", "daily-sales", "land-products", "land-sales", "--date", "2026-03-01");
    return program.lines().stream()
        .filter(line -> line.path("status").asText().equals("SKIPPED"))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  @Test
  void upstreamJobsRunFirstForTheUnitsRead() {
    assertThat(program.run("run", "daily-sales", "--with-upstream", "--date", "2026-03-01"))
        .isZero();

    assertThat(program.jobs()).containsExactly("land-sales", "land-products", "daily-sales");
  }

  @Test
  void whatIsPresentIsNotRunAgain() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    program.run("run", "daily-sales", "--with-upstream", "--date", "2026-03-01");

    assertThat(program.jobs()).containsExactly("daily-sales");
  }

  @Test
  void theLakeComesFromTheOptionThenTheEnvironmentThenTheDirectory() throws IOException {
    Files.createDirectory(directory.resolve("mine"));
    Files.createDirectory(directory.resolve("theirs"));
    program.with(Map.of("PENSTOCK_LAKE", "theirs"));

    program.run("run", "land-products", "--lake", "mine");
    program.run("run", "land-products");
    program.with(Map.of()).run("run", "land-products");
    program.run("run", "land-products", "--lake", "s3a://bucket/lake");

    assertThat(program.engine.opened())
        .extracting(settings -> settings.lake())
        .containsExactly(
            directory.resolve("mine").toString(),
            directory.resolve("theirs").toString(),
            directory.resolve("data").toString(),
            "s3a://bucket/lake");
  }

  @Test
  void masterAndSettingsReachTheEngine() {
    program.run("run", "land-products", "--master", "local[2]", "--conf", "spark.a=b");

    assertThat(program.engine.opened().get(0).master()).contains("local[2]");
    assertThat(program.engine.opened().get(0).configuration()).containsEntry("spark.a", "b");
  }
}
