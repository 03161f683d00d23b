package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.DamagedInputException;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.MissingInput;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed is told with the commands that mend it. */
class RepairTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void aMissingInputNamesTheCommandThatProducesIt() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-02-01"));

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(66);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("status").textValue()).isEqualTo("FAILED");
    assertThat(line.get("published").textValue()).isEqualTo("NONE");
    assertThat(line.get("retryable").booleanValue()).isTrue();
    assertThat(line.get("error").get("code").textValue()).isEqualTo("INPUT_MISSING");
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01");
    assertThat(program.err()).contains("penstock run land-sales --date 2026-03-01");
  }

  @Test
  void aRunThatIsHalfPublishedNamesTheCommandThatCompletesIt() {
    program.engine.failingHalfPublished(
        "land-products",
        new Failure(FailureKind.STORAGE, "STORAGE", "The disk is full.", "make room."));

    assertThat(program.run("run", "land-products")).isEqualTo(74);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("published").textValue()).isEqualTo("PARTIAL");
    assertThat(line.get("repair").textValue()).isEqualTo("penstock run land-products");
    assertThat(line.at("/error/fix").textValue())
        .contains("without computing it again", "penstock recover land-products");
  }

  @Test
  void aRunOfWhichNobodyKnowsHowMuchIsPublishedNamesTheCommandThatFindsOut() {
    program.engine.failingInTheDark(
        "land-products",
        new Failure(FailureKind.STORAGE, "STORAGE", "The disk is gone.", "mend it."));

    assertThat(program.run("run", "land-products")).isEqualTo(74);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("published").textValue()).isEqualTo("UNKNOWN");
    assertThat(line.at("/error/fix").textValue())
        .contains("How much is published", "penstock recover land-products");
  }

  @Test
  void severalMissingInputsNameAllCommands() {
    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(66);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("error").get("code").textValue()).isEqualTo("INPUT_MISSING");
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01 && penstock run land-products");
  }

  @Test
  void severalMissingUnitsAreProducedByOneRange() {
    program.lake.holding("mart/daily_sales", Jobs.days("2026-03-01", 28));

    assertThat(program.run("run", "monthly-sales", "--date", "2026-03-01")).isEqualTo(66);

    assertThat(program.lines().get(0).get("repair").textValue())
        .isEqualTo("penstock run daily-sales --from 2026-03-29 --to 2026-04-01");
  }

  @Test
  void aTableThatNoJobProducesIsUnknown() {
    program.with(() -> JobRegistry.of(List.of(new Jobs.MonthlySales())));

    assertThat(program.run("run", "monthly-sales", "--date", "2026-03-01")).isEqualTo(78);

    assertThat(program.lines().get(0).get("error").get("code").textValue())
        .isEqualTo("UNKNOWN_TABLE");
    assertThat(program.lines().get(0).get("retryable").booleanValue()).isFalse();
  }

  /** Nobody here writes it, but it is a table: whoever emptied it may fill it again. */
  @Test
  void aTableWhoseRowsWereTakenOutIsMissingThoughNoJobProducesIt() {
    program.lake.emptied("raw/products");
    program.with(() -> JobRegistry.of(List.of(new Jobs.TopProducts())));

    assertThat(program.run("run", "top-products", "--param=count=3")).isEqualTo(66);

    assertThat(program.lines().get(0).get("error").get("code").textValue())
        .isEqualTo("INPUT_MISSING");
    assertThat(program.lines().get(0).get("retryable").booleanValue()).isTrue();
  }

  @Test
  void aWholeTableWhoseRowsWereTakenOutNamesTheCommandThatProducesIt() {
    program.lake.emptied("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(66);

    assertThat(program.lines().get(0).get("repair").textValue())
        .isEqualTo("penstock run land-products");
  }

  @Test
  void aDamagedInputNamesTheCommandThatProducesItsUnitAgain() {
    DamagedInputException damaged =
        new DamagedInputException(
            new Failure(FailureKind.INVALID, "TABLE_DAMAGED", "A file is gone.", "put it back."),
            new MissingInput(new LakePath("raw/sales"), List.of(Jobs.day("2026-03-01"))));
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));
    program.engine.failing("daily-sales", damaged.failure().causedBy(damaged));

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(78);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("retryable").booleanValue()).isFalse();
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01");
    assertThat(line.get("error").get("fix").textValue())
        .isEqualTo(
            "put it back. That is produced by:\n  penstock run land-sales --date 2026-03-01");
  }

  @Test
  void aFailedCheckIsToldWithItsKeysAndTheCommandToRepeat() {
    program.engine.failing("land-sales", Jobs.checkFailed());

    program.run("run", "land-sales", "--date", "2026-03-01", "--lake", "data");

    JsonNode line = program.lines().get(0);
    assertThat(line.get("checks").get(0).toString())
        .isEqualTo(
            "{\"name\":\"unique(day)\",\"status\":\"FAILED\",\"place\":\"expect (Jobs.java:1)\","
                + "\"rows\":6,\"failingRows\":2,\"examples\":[\"day=2026-03-01\"]}");
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01 --lake " + directory.resolve("data"));
    assertThat(program.err())
        .contains("exit code 65", "Repair: penstock run")
        .containsOnlyOnce("unique(day)")
        .containsOnlyOnce("day=2026-03-01");
  }

  @Test
  void theCommandToRepeatRunsAsItIsPrinted() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));
    program.engine.failing("daily-sales", Jobs.checkFailed());
    program.makeDirectory("it's $HOME; or 집");
    run(
        "run",
        "daily-sales",
        "--date=2026-03-01",
        "--param=least=-3",
        "--param=note=a 'b' \\ \"c\" & d",
        "--lake=it's $HOME; or 집",
        "--master=local[2]",
        "--conf=spark.a=b c");

    assertThat(runPrinted(program.lines().get(0).get("repair").textValue())).isEqualTo(65);

    assertThat(program.engine.opened()).hasSize(2).allMatch(program.engine.opened().get(0)::equals);
    assertThat(program.lake.records())
        .extracting(record -> Program.json(record).get("parameters"))
        .hasSize(2)
        .allSatisfy(
            parameters ->
                assertThat(parameters)
                    .hasToString(
                        "{\"least\":\"-3\",\"note\":\"a 'b' \\\\ \\\"c\\\" &"
                            + " d\",\"token\":\"***\"}"));
  }

  @Test
  void theCommandsThatProduceWhatIsMissingRunAsTheyArePrinted() {
    program.makeDirectory("mine");
    program.with(Map.of("PENSTOCK_LAKE", "mine"));
    run("run", "daily-sales", "--date", "2026-03-01");
    // Whoever repairs may sit in another shell.
    program.with(Map.of());

    assertThat(runPrinted(program.lines().get(0).get("repair").textValue())).isZero();

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isZero();
    assertThat(program.jobs())
        .containsExactly("daily-sales", "land-sales", "land-products", "daily-sales");
    assertThat(program.engine.opened().subList(0, 3))
        .extracting(EngineSettings::lake)
        .containsOnly(directory.resolve("mine").toString());
  }

  @Test
  void theCommandThatAlsoRunsWhatIsMissingRunsAsItIsPrinted() {
    run("run", "daily-sales", "--date", "2026-03-01", "--lake", "data");

    assertThat(runPrinted(lastLineOf(program.lines().get(0)))).isZero();

    assertThat(program.jobs())
        .containsExactly("daily-sales", "land-sales", "land-products", "daily-sales");
  }

  @Test
  void whatCanNotBeAddedIsNotProposed() {
    program.with(
        () -> JobRegistry.of(List.of(new Jobs.LandSales(), Jobs.whole("all-sales", "raw/sales"))));

    assertThat(program.run("run", "all-sales")).isEqualTo(66);

    assertThat(program.err())
        .contains("penstock run land-sales --from FIRST-DATE --to DATE-AFTER-LAST")
        .doesNotContain("--with-upstream");
  }

  @Test
  void theCommandThatShowsWhatWasRefusedRunsAsItIsPrinted() {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));
    program.engine.failing("daily-sales", Jobs.checkFailed());
    run("run", "daily-sales", "--date=2026-03-01", "--lake=data", "--conf=spark.a=b c");
    JsonNode line = program.lines().get(0);
    assertThat(line.get("error").get("fix").textValue().lines())
        .containsExactly(
            "nothing was published. Look at what was refused:",
            "  penstock show mart/daily_sales --rejected %s --lake %s --conf 'spark.a=b c'"
                .formatted(line.get("runId").textValue(), directory.resolve("data")),
            "  penstock show export/daily_sales --rejected %s --lake %s --conf 'spark.a=b c'"
                .formatted(line.get("runId").textValue(), directory.resolve("data")));
    program.lake.holding("export/daily_sales");

    assertThat(runPrinted(lastLineOf(line))).isZero();

    assertThat(program.engine.opened()).hasSize(2).allMatch(program.engine.opened().get(0)::equals);
  }

  @Test
  void aCommandCallsTheProgramAsTheLauncherSaysThatItIsCalled() {
    program.with(Map.of("PENSTOCK_COMMAND", "/opt/penstock --class-path my.jar"));

    program.run("run", "daily-sales", "--date", "2026-03-01");

    assertThat(program.err()).contains(" && /opt/penstock --class-path my.jar run land-products\n");
  }

  @Test
  void secretsAppearNowhere() throws IOException {
    program.lake.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));
    program.engine.failing(
        "daily-sales",
        new Failure(
            FailureKind.UNAVAILABLE,
            "STORE",
            "No answer from s3a://me:pass@bucket with s3cr3tvalue and t0psecret.",
            "try hunter22."));

    program.run(
        "run",
        "daily-sales",
        "--date=2026-03-01",
        "--param=token=t0psecret",
        "--conf",
        "spark.hadoop.fs.s3a.secret.key=s3cr3tvalue",
        "--conf=spark.ssl.password=hunter22",
        "--result-file",
        "result.json");

    String everything =
        program.out()
            + program.err()
            + program.lake.records()
            + Files.readString(directory.resolve("result.json"));
    assertThat(everything)
        .doesNotContain("t0psecret", "s3cr3tvalue", "hunter22", "me:pass")
        .contains("--param 'token=***'", "s3a://***@bucket");
    assertThat(program.engine.opened().get(0).configuration())
        .containsEntry("spark.ssl.password", "hunter22");
  }

  private void run(String... words) {
    assertThat(program.run(words)).isNotZero();
  }

  /** What a shell does with the line: the exit code of the first command that fails. */
  private int runPrinted(String line) {
    for (String[] command : TypedCommands.commands(line)) {
      int exitCode = program.run(TypedCommands.argumentsOf("penstock", command));
      if (exitCode != 0) {
        return exitCode;
      }
    }
    return 0;
  }

  private static String lastLineOf(JsonNode line) {
    List<String> lines = line.get("error").get("fix").textValue().lines().toList();
    return lines.get(lines.size() - 1).strip();
  }
}
