package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.JobRegistry;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryEngine;
import io.penstock.jobs.run.StopReason;
import io.penstock.spec.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunCommandTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void makeLake() throws IOException {
    Files.createDirectory(directory.resolve("data"));
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
            "inputs":[{"name":"arrivals/sales","version":3,"rows":10}],\
            "sinks":[{"name":"raw/sales","kind":"delta","path":"/lake/raw/sales",\
            "partitions":["day=2026-03-01"],"rows":6,"files":1,"bytes":1024,"version":4}],\
            "checks":[{"name":"unique(day)","status":"PASSED","place":"expect (Jobs.java:1)",\
            "rows":6,"failingRows":0}],"durationMs":0}
            """);
    assertThat(program.lines().get(0).get("runId").textValue())
        .matches("20260302T031502417Z-[0-9a-f]{8}");
  }

  @Test
  void aDateMeansTheUnitThatHoldsIt() {
    program.engine.holding("mart/daily_sales", days("2026-03-01", 31));

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
  void upstreamJobsRunFirstForTheUnitsRead() {
    assertThat(program.run("run", "daily-sales", "--with-upstream", "--date", "2026-03-01"))
        .isZero();

    assertThat(jobsOf(program.lines()))
        .containsExactly("land-sales", "land-products", "daily-sales");
  }

  @Test
  void whatIsPresentIsNotRunAgain() {
    program.engine.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    program.run("run", "daily-sales", "--with-upstream", "--date", "2026-03-01");

    assertThat(jobsOf(program.lines())).containsExactly("daily-sales");
  }

  @Test
  void aMissingInputNamesTheCommandThatProducesIt() {
    program.engine.holding("raw/products").holding("raw/sales", Jobs.day("2026-02-01"));

    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(66);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("status").textValue()).isEqualTo("FAILED");
    assertThat(line.get("published").textValue()).isEqualTo("NONE");
    assertThat(line.get("retryable").booleanValue()).isTrue();
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01");
    assertThat(program.err()).contains("penstock run land-sales --date 2026-03-01");
  }

  @Test
  void severalMissingInputsNameAllCommands() {
    assertThat(program.run("run", "daily-sales", "--date", "2026-03-01")).isEqualTo(66);

    assertThat(program.lines().get(0).get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01 && penstock run land-products");
  }

  @Test
  void severalMissingUnitsAreProducedByOneRange() {
    program.engine.holding("mart/daily_sales", days("2026-03-01", 28));

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

  @Test
  void dependantsOfAFailureAreSkippedAndIndependentOnesRun() {
    program.engine.failing("land-sales", checkFailed());

    assertThat(
            program.run(
                "run", "daily-sales", "land-products", "land-sales", "--date", "2026-03-01"))
        .isEqualTo(65);

    assertThat(jobsOf(program.lines()))
        .containsExactly("land-sales", "land-products", "daily-sales");
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
  void aFailedCheckIsToldWithItsKeysAndTheCommandToRepeat() {
    program.engine.failing("land-sales", checkFailed());

    program.run("run", "land-sales", "--date", "2026-03-01", "--lake", "data");

    JsonNode line = program.lines().get(0);
    assertThat(line.get("checks").get(0).toString())
        .isEqualTo(
            "{\"name\":\"unique(day)\",\"status\":\"FAILED\",\"place\":\"expect (Jobs.java:1)\","
                + "\"rows\":6,\"failingRows\":2,\"examples\":[\"day=2026-03-01\"]}");
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run land-sales --date 2026-03-01 --lake data");
    assertThat(program.err())
        .contains("exit code 65", "Repair: penstock run")
        .containsOnlyOnce("unique(day)")
        .containsOnlyOnce("day=2026-03-01");
  }

  @Test
  void secretsAppearNowhere() throws IOException {
    program
        .engine
        .holding("raw/products")
        .holding("raw/sales", Jobs.day("2026-03-01"))
        .failing(
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
            + program.engine.records()
            + Files.readString(directory.resolve("result.json"));
    assertThat(everything)
        .doesNotContain("t0psecret", "s3cr3tvalue", "hunter22", "me:pass")
        .contains("--param 'token=***'", "s3a://***@bucket");
    assertThat(program.engine.opened().get(0).configuration())
        .containsEntry("spark.ssl.password", "hunter22");
  }

  @Test
  void everyTaskThatBeganIsRecordedWithItsParameters() {
    program.engine.holding("raw/products").holding("raw/sales", Jobs.day("2026-03-01"));

    program.run("run", "daily-sales", "--date", "2026-03-01", "--param", "least=3");

    JsonNode record = Program.json(program.engine.records().get(0));
    assertThat(record.get("parameters").toString()).isEqualTo("{\"least\":\"3\"}");
    assertThat(record.get("startedAt").textValue()).isEqualTo("2026-03-02T03:15:02.417Z");
    assertThat(record.get("penstock").textValue()).isEqualTo("development");
    assertThat(record.get("status").textValue()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aTaskIsRecordedAsRunningUntilItEnds() {
    List<String> recorded = new ArrayList<>();
    program.engine.whileComputing(() -> recorded.addAll(program.engine.records()));

    program.run("run", "land-sales", "--date", "2026-03-01");

    assertThat(recorded).hasSize(1);
    JsonNode running = Program.json(recorded.get(0));
    assertThat(running.get("status").textValue()).isEqualTo("RUNNING");
    assertThat(running.get("startedAt").textValue()).isEqualTo("2026-03-02T03:15:02.417Z");
    assertThat(running.get("interval")).isEqualTo(program.lines().get(0).get("interval"));
    assertThat(program.engine.records()).hasSize(1);
    JsonNode ended = Program.json(program.engine.records().get(0));
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(ended.get("runId")).isEqualTo(running.get("runId"));
  }

  @Test
  void anEngineThatFailsOutrightWhilePublishingLeavesTheExtentUnknown() {
    program.engine.whilePublishing(() -> MemoryEngine.raise(new Exception("surprise")));

    assertThat(program.run("run", "land-products")).isEqualTo(70);

    assertThat(program.lines().get(0).get("published").textValue()).isEqualTo("UNKNOWN");
    assertThat(program.err()).contains("published: unknown");
  }

  @Test
  void aTaskThatDoesNotCompileIsRecordedToo() {
    program.run("run", "daily-sales", "--date", "2026-03-01");

    assertThat(Program.json(program.engine.records().get(0)).get("status").textValue())
        .isEqualTo("FAILED");
  }

  @Test
  void aRecordThatCannotBeKeptLeavesTheOutcomeAsItIs() {
    program.engine.failingToRecord(new IllegalStateException("disk full"));

    assertThat(program.run("run", "land-products")).isZero();

    assertThat(program.err())
        .contains("The outcome of land-products is not touched by it", "disk full");
  }

  @Test
  void anEngineThatDoesNotOpenFailsEveryTask() {
    program.engine.failingToOpen(
        new RunFailedException(
            new Failure(FailureKind.UNAVAILABLE, "NO_CLUSTER", "No answer.", "wait.")));

    assertThat(program.run("run", "land-sales", "land-products", "--date", "2026-03-01"))
        .isEqualTo(69);

    assertThat(
            program.lines().stream().limit(2).map(line -> line.get("error").get("code").asText()))
        .containsExactly("NO_CLUSTER", "NO_CLUSTER");
  }

  @Test
  void anUnforeseenExceptionIsAFaultOfTheProgram() {
    program.engine.whileComputing(
        () -> {
          throw new IllegalStateException("surprise");
        });

    assertThat(program.run("run", "land-products")).isEqualTo(70);

    assertThat(program.err()).contains("surprise").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void whatTheEngineThrowsUndeclaredIsAResultToo(Throwable thrown, int exitCode) {
    program.engine.whileComputing(() -> MemoryEngine.raise(thrown));

    assertThat(program.run("run", "land-products", "--result-file", "result.json"))
        .isEqualTo(exitCode);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("FAILED");
    assertThat(Program.json(read(directory.resolve("result.json"))).get("tasks").get(0))
        .isEqualTo(program.lines().get(0));
    assertThat(program.engine.records()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void whatFailsUndeclaredBeforeTheTasksIsTheirResult(Throwable thrown, int exitCode) {
    program.engine.failingToOpen(thrown);

    assertThat(program.run("run", "land-products", "--result-file", "result.json"))
        .isEqualTo(exitCode);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("FAILED");
    assertThat(Program.json(read(directory.resolve("result.json"))).get("status").textValue())
        .isEqualTo("FAILED");
  }

  private static Stream<Arguments> undeclared() {
    return Stream.of(
        Arguments.of(new Exception("surprise"), 70),
        Arguments.of(new IOException("No space left on device"), 74),
        Arguments.of(new UncheckedIOException(new IOException("No space left on device")), 74),
        Arguments.of(new NoClassDefFoundError("com/acme/Missing"), 70),
        Arguments.of(new OutOfMemoryError("Java heap space"), 71));
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void aRecordThatFailsUndeclaredLeavesTheOutcomeAsItIs(Throwable thrown) {
    program.engine.failingToRecord(thrown);

    assertThat(program.run("run", "land-products")).isZero();
  }

  @Test
  void anEngineThatDoesNotCloseLeavesTheOutcomeAsItIs() {
    program.engine.failingToClose(new IOException("lost"));

    assertThat(program.run("run", "land-products")).isZero();

    assertThat(program.err()).contains("What was told of the tasks stands", "lost");
  }

  @Test
  void theStackTraceIsForTheVerbose() {
    program.engine.whileComputing(
        () -> {
          throw new IllegalStateException("surprise");
        });

    program.run("run", "land-products", "--verbose");

    assertThat(program.err()).contains("\tat ");
  }

  @Test
  void theResultFileSaysRunningUntilTheEnd() throws IOException {
    Path file = directory.resolve("result.json");
    program.engine.whileComputing(
        () -> assertThat(Program.json(read(file)).get("status").textValue()).isEqualTo("RUNNING"));

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();

    JsonNode document = Program.json(read(file));
    assertThat(document.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(document.get("tasks").get(0)).isEqualTo(program.lines().get(0));
    assertThat(document.get("summary").get("exitCode").intValue()).isZero();
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aResultFileThatCannotBeWrittenStopsEverythingBeforeItBegins() {
    assertThat(program.run("run", "land-products", "--result-file", "nowhere/result.json"))
        .isEqualTo(64);

    assertThat(program.engine.opened()).isEmpty();
    assertThat(program.err()).contains("Cannot write the result file");
  }

  @Test
  void aResultFileThatIsLostAtTheEndLeavesTheOutcomeAsItIs() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("results"));
    program.engine.whilePublishing(() -> delete(folder.resolve("result.json"), folder));

    assertThat(program.run("run", "land-products", "--result-file", "results/result.json"))
        .isZero();

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(program.err())
        .contains("Cannot write the result file", "The exit code and the lines on stdout stand.");
  }

  @Test
  void aStopBeforePublishingPublishesNothing() {
    program.engine.whileComputing(() -> program.stop.request(StopReason.TERMINATED));

    assertThat(
            program.run(
                "run",
                "land-sales",
                "--from=2026-03-01",
                "--to=2026-03-03",
                "--result-file=result.json"))
        .isEqualTo(143);

    assertThat(program.engine.executed()).isEmpty();
    assertThat(program.lines().stream().limit(2).map(line -> line.get("status").textValue()))
        .containsExactly("STOPPED", "STOPPED");
    assertThat(program.lines().get(0).get("published").textValue()).isEqualTo("NONE");
    assertThat(program.lines().get(0).get("retryable").booleanValue()).isTrue();
    assertThat(Program.json(read(directory.resolve("result.json"))).get("status").textValue())
        .isEqualTo("STOPPED");
  }

  @Test
  void aStopWhilePublishingLetsTheCommitsFinishAndStopsTheRest() {
    program.engine.whilePublishing(() -> program.stop.request(StopReason.INTERRUPTED));

    assertThat(program.run("run", "land-sales", "--from", "2026-03-01", "--to", "2026-03-03"))
        .isEqualTo(130);

    assertThat(program.engine.executed()).hasSize(1);
    assertThat(program.lines().stream().limit(2).map(line -> line.get("status").textValue()))
        .containsExactly("SUCCEEDED", "STOPPED");
  }

  @Test
  void aTimeoutStopsLikeASignal() {
    program.engine.whileComputing(
        () -> {
          while (program.stop.reason().isEmpty()) {
            Thread.onSpinWait();
          }
        });

    assertThat(program.run("run", "land-products", "--timeout", "1s")).isEqualTo(124);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("STOPPED");
    assertThat(program.engine.executed()).isEmpty();
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

  private static Failure checkFailed() {
    return new Failure(
        FailureKind.DATA,
        "CHECK_FAILED",
        "unique(day) at expect (Jobs.java:1): 2 of 6 rows fail, such as day=2026-03-01",
        "look at the rows.");
  }

  private static List<String> jobsOf(List<JsonNode> lines) {
    return lines.stream().filter(line -> line.has("job")).map(l -> l.get("job").asText()).toList();
  }

  private static Interval[] days(String from, int count) {
    return IntStream.range(0, count)
        .mapToObj(day -> Jobs.DAY.neighbour(Jobs.day(from), day))
        .toArray(Interval[]::new);
  }

  private static void delete(Path... paths) {
    try {
      for (Path path : paths) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
