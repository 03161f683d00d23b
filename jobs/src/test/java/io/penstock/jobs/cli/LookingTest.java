package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.ReaderLimit.Reader;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ExitCode;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look and change nothing: list, plan, show, --help, --version. */
class LookingTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void listPrintsATable() {
    program.with(() -> JobRegistry.of(List.of(new Jobs.DailySales(), new Jobs.LandProducts())));

    assertThat(program.run("list")).isZero();

    assertThat(program.out())
        .isEqualTo(
            """
            JOB            GRAIN  INPUTS             OUTPUTS             OWNERS         DESCRIPTION
            daily-sales    day    raw/sales          mart/daily_sales    growth         Sales by day
                                  raw/products       export/daily_sales  data-platform
            land-products  -      arrivals/products  raw/products
            """);
  }

  @Test
  void listPrintsJson() {
    program.with(() -> JobRegistry.of(List.of(new Jobs.DailySales())));

    assertThat(program.run("list", "--json")).isZero();

    assertThat(Program.json(program.out()).toString())
        .isEqualTo(
            "[{\"job\":\"daily-sales\",\"grain\":\"day\",\"inputs\":[\"raw/sales\",\"raw/products\"],"
                + "\"outputs\":[\"mart/daily_sales\",\"export/daily_sales\"],"
                + "\"owners\":[{\"role\":\"business\",\"name\":\"growth\"},"
                + "{\"role\":\"technical\",\"name\":\"data-platform\"}],"
                + "\"parameters\":[{\"name\":\"least\",\"type\":\"INTEGER\",\"default\":\"1\"},"
                + "{\"name\":\"note\",\"type\":\"STRING\",\"default\":\"none\"},"
                + "{\"name\":\"token\",\"type\":\"STRING\",\"default\":\"***\"}],\"description\":\"Sales"
                + " by day\"}]");
  }

  @Test
  void planShowsOnOneScreenWhatARunWouldDo() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    assertThat(program.run("plan", "daily-sales", "--date", "2026-03-01")).isZero();

    assertThat(program.out().replaceAll("\\(Jobs.java:\\d+\\)", "(Jobs.java)"))
        .isEqualTo(
            """
            daily-sales [2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z)
            Sales by day

            Replaces
              delta  mart/daily_sales    day=2026-03-01  to be created
              csv    export/daily_sales  day=2026-03-01  to be created

            Reads
              delta  raw/sales     day=2026-03-01  version 3  2 files  1.5 KiB
              delta  raw/products  all             version 3  2 files  1.5 KiB

            Checks
              unique(day)  expect (Jobs.java)

            Shares
              aggregate (Jobs.java)  computed once  two sinks read it

            Steps
              1. read delta raw/sales by day(day)  (Jobs.java)
              2. read delta raw/products  (Jobs.java)
              3. join using product  <- [1, 2]  (Jobs.java)
              4. aggregate by day: count(1) AS n  <- [3]  (Jobs.java)
              5. to delta mart/daily_sales overwrite day(day)  <- [4]  (Jobs.java)
              6. to csv export/daily_sales overwrite day(day)  <- [4]  (Jobs.java)
            """);
    assertThat(program.engine.executed()).isEmpty();
  }

  @Test
  void whatMayVaryIsShownWithItsReason() {
    program.lake.holding("raw/sales", Jobs.day("2026-03-01"));
    program.engine.doubting(
        "titles",
        new RunPlan.Doubt("aggregate (Jobs.java:7)", "first is open", Optional.of("for show")),
        new RunPlan.Doubt("transform (Jobs.java:8)", "it is native code", Optional.empty()));
    program.with(
        () ->
            JobRegistry.of(
                List.of(
                    () ->
                        Pipeline.named("titles")
                            .describedAs("Titles by day")
                            .writes(
                                read(delta("raw/sales").partition(Jobs.DAY))
                                    .groupBy("day")
                                    .aggregate("first(title) AS title")
                                    .allowVariation("for show")
                                    .to(delta("mart/titles").overwrite(Jobs.DAY))))));

    program.run("plan", "titles", "--date=2026-03-01");
    assertThat(program.out())
        .contains(
            """
            May vary
              aggregate (Jobs.java:7)  first is open      allowed: for show
              transform (Jobs.java:8)  it is native code
            """,
            "3. allowVariation for show  <- [2]");

    String doubts =
        "[{\"place\":\"aggregate (Jobs.java:7)\",\"what\":\"first is open\","
            + "\"reason\":\"for show\"},{\"place\":\"transform (Jobs.java:8)\","
            + "\"what\":\"it is native code\"}]";
    program.out.reset();
    program.run("plan", "titles", "--date=2026-03-01", "--format=json");
    assertThat(Program.json(program.out()).get("doubts")).hasToString(doubts);

    program.out.reset();
    assertThat(program.run("run", "titles", "--date=2026-03-01")).isZero();
    assertThat(Program.json(program.out()).get("doubts")).hasToString(doubts);

    program.out.reset();
    program.run("list");
    assertThat(program.out()).contains("may vary at aggregate (LookingTest.java:", "): for show");

    program.out.reset();
    program.run("list", "--json");
    assertThat(Program.json(program.out()).get(0).get("variations").get(0).get("reason"))
        .hasToString("\"for show\"");
  }

  @Test
  void planSaysWhenUnitsHaveToRunInOrder() {
    program.lake.holding("mart/daily_sales", Jobs.day("2026-03-01"));

    assertThat(program.run("plan", "running-total", "--date", "2026-03-01")).isZero();

    assertThat(program.out())
        .contains("Sequential: it reads earlier units of its own 'mart/running_total'");

    program.out.reset();
    program.run("plan", "running-total", "--date=2026-03-01", "--format=json");
    assertThat(Program.json(program.out()).get("readsOwnPast"))
        .hasToString("[\"mart/running_total\"]");
  }

  @Test
  void planNamesFilesThatASourceLeavesOut() {
    program
        .lake
        .holding("raw/products")
        .holding("raw/sales", Jobs.day("2026-03-01"))
        .leavingOut("raw/sales", "raw/sales/README")
        .leavingOut("raw/products", "a/1.txt", "a/2.txt", "a/3.txt", "a/4.txt", "a/5.txt");

    program.run("plan", "daily-sales", "--date=2026-03-01");

    assertThat(program.out())
        .contains(
            "2 files  1.5 KiB  without raw/sales/README\n",
            "2 files  1.5 KiB  without a/1.txt, a/2.txt, a/3.txt and 2 more files\n");
  }

  @Test
  void planSaysWhichProgramsCannotReadATableOrReadItWrong() {
    program
        .lake
        .holding("raw/sales", Jobs.day("2026-03-01"))
        .limited(
            "raw/products",
            new ReaderLimit("columnMapping", Reader.DUCKDB, "reads some columns as NULL"),
            new ReaderLimit("columnMapping", Reader.POLARS, "refuses the table"),
            new ReaderLimit("v2Checkpoint", Reader.POLARS, "refuses the table"));

    program.run("plan", "daily-sales", "--date=2026-03-01");

    assertThat(program.out())
        .contains(
            "\nOther readers\n  raw/products  columnMapping: DuckDB reads some columns as NULL,"
                + " polars refuses the table; v2Checkpoint: polars refuses the table\n\nSteps\n");

    program.out.reset();
    program.run("plan", "daily-sales", "--date=2026-03-01", "--format=json");
    assertThat(Program.json(program.out()).get("otherReaders").get(0).toString())
        .isEqualTo(
            "{\"table\":\"raw/products\",\"feature\":\"columnMapping\",\"reader\":\"DuckDB\","
                + "\"effect\":\"reads some columns as NULL\"}");
  }

  @Test
  void planPrintsJson() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    assertThat(program.run("plan", "daily-sales", "--date=2026-03-01", "--format=json")).isZero();

    JsonNode plan = Program.json(program.out());
    assertThat(plan.get("inputs").get(0).toString())
        .isEqualTo(
            "{\"name\":\"raw/sales\",\"format\":\"delta\",\"version\":3,"
                + "\"partitions\":[\"day=2026-03-01\"],\"files\":2,\"bytes\":1536,\"leftOut\":[]}");
    assertThat(plan.get("readsOwnPast")).isEmpty();
    assertThat(plan.get("steps")).hasSize(6);
  }

  @Test
  void planSaysInWhatFormAnExportIsWritten() {
    program.lake.holding("raw/products");
    program.with(
        () ->
            JobRegistry.of(
                List.of(
                    () ->
                        Pipeline.named("products")
                            .writes(
                                read(delta("raw/products"))
                                    .to(
                                        csv("export/products")
                                            .overwrite()
                                            .profile(CsvProfile.POSTGRES)
                                            .compressed(CsvCompression.GZIP)
                                            .partsOf("256 MB"))))));

    assertThat(program.run("plan", "products")).isZero();

    assertThat(program.out())
        .contains(
            "csv  export/products  all  to be created  profile postgres, gzip, parts of 256 MB\n",
            "to csv export/products overwrite all profile postgres, gzip, parts of 256 MB  <- [1]");
    program.out.reset();
    program.run("plan", "products", "--format=json");
    assertThat(Program.json(program.out()).at("/outputs/0"))
        .hasToString(
            "{\"name\":\"export/products\",\"format\":\"csv\",\"partitions\":[],"
                + "\"target\":\"TO_BE_CREATED\",\"profile\":\"postgres\","
                + "\"compression\":\"gzip\",\"partBytes\":256000000}");
  }

  @Test
  void planPrintsMermaid() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    assertThat(program.run("plan", "daily-sales", "--date=2026-03-01", "--format=mermaid"))
        .isZero();

    assertThat(program.out()).startsWith("flowchart LR\n").contains("n1 --> n3");
  }

  @Test
  void planOfAMissingInputNamesTheCommandThatProducesIt() {
    assertThat(program.run("plan", "monthly-sales", "--date", "2026-02-10")).isEqualTo(66);

    assertThat(program.err())
        .contains("penstock run daily-sales --from 2026-02-01 --to 2026-03-01");
  }

  @Test
  void showPrintsATableWhereNullIsNotText() {
    program.lake.holding("mart/daily_sales");

    assertThat(program.run("show", "mart/daily_sales", "--where", "n > 1")).isZero();

    assertThat(program.out())
        .isEqualTo(
            """
            channel            users
            string             bigint
            검색               12
            line\\nbreak n > 1  ∅
            e-mail             3
            3 rows.
            """);
  }

  @Test
  void showSaysWhenThereAreMoreRows() {
    program.lake.holding("mart/daily_sales");

    program.run("show", "mart/daily_sales", "--limit", "2");

    assertThat(program.out())
        .endsWith(
            "The first 2 rows; there are more: raise --limit, or choose" + " with --where.\n");
  }

  @Test
  void showOfARefusedOutputTakesTheRunIdOfTheResultLine() {
    program.lake.holding("mart/daily_sales");

    assertThat(
            program.run("show", "mart/daily_sales", "--rejected", "20260301T031502417Z-8f3a60c1"))
        .isZero();
  }

  @Test
  void showOfNothingSaysSo() {
    assertThat(program.run("show", "mart/nothing")).isEqualTo(64);

    assertThat(program.err()).contains("There is nothing at 'mart/nothing'.");
  }

  @Test
  void helpPrintsEveryExitCode() {
    assertThat(program.run("--help")).isZero();

    for (ExitCode code : ExitCode.values()) {
      assertThat(program.out())
          .contains(String.format(Locale.ROOT, "%3d", code.number()), code.meaning());
    }
  }

  @Test
  void versionPrintsTheVersion() {
    assertThat(program.run("--version")).isZero();

    assertThat(program.out()).isEqualTo("penstock development\n");
  }
}
