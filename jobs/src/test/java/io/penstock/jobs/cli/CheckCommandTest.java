package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.Job;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All jobs are compiled together, on a lake that may be empty. */
final class CheckCommandTest {
  private static final String DATE = "--date=2026-03-01";
  private static final String COUNT = "--param=count=3";

  @TempDir private Path directory;
  private Program program;

  @BeforeEach
  void aProgram() {
    program = new Program(directory);
  }

  private JsonNode json(String... words) {
    program.run(words);
    return Program.json(program.out());
  }

  private static JsonNode job(JsonNode report, String name) {
    for (JsonNode job : report.get("jobs")) {
      if (job.get("job").asText().equals(name)) {
        return job;
      }
    }
    throw new AssertionError("no job " + name + " in " + report);
  }

  private static RunPlan.Doubt doubt(int line) {
    return new RunPlan.Doubt(
        "aggregate (Sales.java:" + line + ")",
        "sum(price) adds floating-point numbers",
        Optional.empty());
  }

  @Test
  void anEmptyLakeIsEnoughForJobsThatWriteWhatOthersRead() {
    assertThat(program.run("check", DATE, COUNT)).isZero();

    assertThat(program.out())
        .contains(
            """
            daily-sales: valid
              writes mart/daily_sales, read by monthly-sales, running-total
              writes export/daily_sales, read by no job
              raw/products isn't there: as land-products will write it
              raw/sales isn't there: as land-sales will write it
            """)
        .endsWith("6 jobs: 6 valid, 0 with problems, 0 not checked.\n");
    assertThat(program.engine.executed()).isEmpty();
    assertThat(program.lake.records()).isEmpty();
  }

  @Test
  void everyProblemOfEveryJobIsToldAndWhatReadsABrokenJobIsNotChecked() {
    program.with(
        () ->
            JobRegistry.of(
                List.of(
                    Jobs.daily("broken", "mart/broken", "raw/nobody", "raw/nothing"),
                    Jobs.daily("reader", "mart/reader", "mart/broken"),
                    Jobs.daily("last", "mart/last", "mart/reader"),
                    Jobs.whole("another", "raw/unknown"),
                    Jobs.daily("good", "mart/good"))));

    JsonNode report = json("check", DATE, "--format=json");

    assertThat(program.run("check", DATE)).isEqualTo(78);
    assertThat(job(report, "broken").get("problems")).hasSize(2);
    assertThat(job(report, "another").get("problems")).hasSize(1);
    assertThat(job(report, "good").get("valid").asBoolean()).isTrue();
    assertThat(job(report, "reader").get("problems")).isEmpty();
    assertThat(job(report, "reader").get("notChecked").get(0).asText())
        .isEqualTo(
            "It reads 'mart/broken', which isn't there, and whose job 'broken' is not valid.");
    assertThat(job(report, "last").get("notChecked").get(0).asText()).contains("'mart/reader'");
    assertThat(report.get("summary").toString())
        .isEqualTo("{\"jobs\":5,\"valid\":1,\"invalid\":2,\"notChecked\":2,\"newDoubts\":0}");
  }

  @Test
  void aTableThatWillBeDividedOtherwiseThanItIsReadIsAProblemOfTheReader() {
    Job whole = Jobs.whole("summary", "raw/products");
    program.lake.holding("raw/products");
    program.with(
        () -> JobRegistry.of(List.of(whole, Jobs.daily("reader", "mart/reader", "mart/summary"))));

    JsonNode problem = job(json("check", DATE, "--format=json"), "reader").get("problems").get(0);

    assertThat(problem.get("code").asText()).isEqualTo("PARTITION_MISMATCH");
    assertThat(problem.get("message").asText())
        .isEqualTo(
            "Cannot read 'mart/summary' by day(day): the job 'summary' writes it undivided.");
  }

  @Test
  void missingUnitsOfATableThatIsThereAreNoProblem() {
    program.lake.holding("raw/sales");
    program.with(() -> JobRegistry.of(List.of(Jobs.daily("reader", "mart/reader", "raw/sales"))));

    assertThat(program.run("check", DATE)).isZero();
  }

  @Test
  void aParameterThatNoDefaultAndNoOptionGivesIsAProblemOfItsJob() {
    JsonNode report = json("check", DATE, "--format=json");

    assertThat(job(report, "top-products").get("problems").get(0).get("code").asText())
        .isEqualTo("PARAMETER_MISSING");
    assertThat(report.get("summary").get("valid").asInt()).isEqualTo(5);
  }

  @Test
  void twoJobsThatWriteOneOutputOrOneInsideOfAnotherAreRefused() {
    for (String path : List.of("mart/one", "mart/one/detail")) {
      Program clashing =
          new Program(directory)
              .with(
                  () ->
                      JobRegistry.of(List.of(Jobs.daily("a", "mart/one"), Jobs.daily("b", path))));

      assertThat(clashing.run("check", DATE)).isEqualTo(78);
      assertThat(clashing.err()).contains("Cannot let two jobs write to");
    }
  }

  @Test
  void withoutADateItIsNoCommand() {
    assertThat(program.run("check")).isEqualTo(64);
    assertThat(program.err()).contains("--date");
  }

  @Test
  void aDoubtIsShownAndNoReasonToFailAsLongAsNobodyAsks() {
    program.engine.doubting("daily-sales", doubt(12));

    assertThat(program.run("check", DATE, COUNT)).isZero();
    assertThat(program.out())
        .contains(
            "  may vary: aggregate (Sales.java:12): sum(price) adds floating-point numbers\n");
  }

  @Test
  void aBaselineAcceptsTodaysDoubtsWhereverTheyMoveAndRefusesNewOnes() throws IOException {
    program.engine.doubting("daily-sales", doubt(12));
    assertThat(program.run("check", DATE, COUNT, "--baseline=b.json", "--write-baseline")).isZero();
    assertThat(Files.readString(directory.resolve("b.json")))
        .contains("aggregate (Sales.java)")
        .doesNotContain("12");

    program.engine.doubting("daily-sales", doubt(99));
    assertThat(program.run("check", DATE, COUNT, "--baseline=b.json")).isZero();
    assertThat(program.out()).contains("(in the baseline)").endsWith(", 0 new doubts.\n");

    program.engine.doubting("daily-sales", doubt(99), doubt(120));
    assertThat(program.run("check", DATE, COUNT, "--baseline=b.json")).isEqualTo(78);
    assertThat(program.out()).contains("(new)").endsWith(", 1 new doubt.\n");
  }

  @Test
  void aDoubtThatItsAuthorAcceptsNeedsNoBaseline() throws IOException {
    Files.writeString(directory.resolve("b.json"), "{\"doubts\":[]}");
    program.engine.doubting(
        "daily-sales",
        new RunPlan.Doubt("limit (Sales.java:3)", "any rows", Optional.of("a sample will do")));

    assertThat(program.run("check", DATE, COUNT, "--baseline=b.json")).isZero();
    assertThat(program.out()).contains("(accepted: a sample will do)");
  }

  @Test
  void whatABaselineAcceptsAndIsGoneIsTold() throws IOException {
    Files.writeString(
        directory.resolve("b.json"),
        "{\"doubts\":[{\"job\":\"daily-sales\",\"place\":\"limit (Old.java)\",\"what\":\"any\"}]}");

    assertThat(program.run("check", DATE, COUNT, "--baseline=b.json")).isZero();
    assertThat(program.out())
        .contains("In the baseline, and not found any more: daily-sales, limit (Old.java): any.");
  }

  @Test
  void aBaselineThatIsNotThereIsRefusedWithTheCommandThatWritesIt() {
    assertThat(program.run("check", DATE, "--baseline=gone.json")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "There is no baseline",
            "check --date 2026-03-01 --baseline gone.json --write-baseline");
    assertThat(program.engine.opened()).isEmpty();
  }

  @Test
  void thatCommandSaysWhatThisOneWasGiven() {
    String lake = directory.toString();

    assertThat(
            program.run(
                "check", DATE, COUNT, "--lake", lake, "--conf=a=b c", "--baseline=not here.json"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains(
            "--baseline 'not here.json' --write-baseline --param count=3 --lake "
                + lake
                + " --conf 'a=b c'");
  }

  @Test
  void aDamagedBaselineIsRefused() throws IOException {
    for (String content : List.of("", "{", "[]", "{\"doubts\":3}")) {
      Files.writeString(directory.resolve("b.json"), content);
      assertThat(program.run("check", DATE, "--baseline=b.json")).as(content).isEqualTo(64);
    }
  }

  @Test
  void noBaselineIsWrittenWhileJobsAreBroken() {
    assertThat(program.run("check", DATE, "--baseline=b.json", "--write-baseline")).isEqualTo(78);
    assertThat(directory.resolve("b.json")).doesNotExist();
  }

  @Test
  void jobsThatReadEachOthersPastAreCheckedInOneOrder() {
    program.with(
        () ->
            JobRegistry.of(
                List.of(
                    (Job)
                        () ->
                            Pipeline.named("a")
                                .writes(
                                    read(delta("mart/b")
                                            .partition(Jobs.DAY.previous(1))
                                            .schema("day DATE, n INT"))
                                        .to(delta("mart/a").overwrite(Jobs.DAY))),
                    Jobs.daily("b", "mart/b", "mart/a"))));

    assertThat(program.run("check", DATE)).isZero();
  }
}
