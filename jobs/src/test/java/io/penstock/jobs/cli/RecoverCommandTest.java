package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.Undeclared;
import io.penstock.jobs.run.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code recover} tells of every run that was left behind, and what to do about it. */
class RecoverCommandTest {
  private static final Failure MOVED =
      new Failure(FailureKind.TRY_AGAIN, "CONCURRENT_WRITER", "The table was altered.", "run it.");

  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void withNothingLeftBehindItSaysSo() {
    assertThat(program.run("recover")).isZero();

    assertThat(program.err()).contains("there is nothing to recover");
    assertThat(program.lines()).hasSize(1);
    assertThat(program.lines().get(0).at("/summary/runs").intValue()).isZero();
  }

  @Test
  void aRunThatCanBeCompletedIsAndItsRecordSaysSo() {
    program.lake.record(
        "land-sales",
        "run-1",
        "{\"runId\":\"run-1\",\"status\":\"RUNNING\",\"startedAt\":\"then\"}");
    leave("run-1", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover")).isZero();

    JsonNode line = program.lines().get(0);
    assertThat(line.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(line.get("published").textValue()).isEqualTo("ALL");
    assertThat(line.get("recovery").textValue()).isEqualTo("COMPLETED");
    assertThat(line.at("/outputs/0/version").intValue()).isEqualTo(7);
    assertThat(line.at("/doubts/0/what").textValue()).isEqualTo("rows may tie");
    JsonNode record = Program.json(program.lake.records().get(0));
    assertThat(record.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(record.get("startedAt").textValue()).isEqualTo("then");
    assertThat(program.lake.settled()).containsExactly("run-1");
    assertThat(program.err()).contains("run-1 of land-sales", "delta raw/sales, version 7");
  }

  @Test
  void aRunThatCanNotIsGivenUpWithTheCommandThatRunsItAgain() {
    program.lake.record(
        "daily-sales", "run-2", "{\"status\":\"RUNNING\",\"parameters\":{\"least\":\"3\"}}");
    program.lake.leftBehind(
        "daily-sales",
        "run-2",
        Optional.of(Jobs.day("2026-03-01")),
        () -> new Completion(Ending.GIVEN_UP, failed()));

    assertThat(program.run("recover")).isEqualTo(75);

    JsonNode line = program.lines().get(0);
    assertThat(line.get("status").textValue()).isEqualTo("FAILED");
    assertThat(line.at("/error/code").textValue()).isEqualTo("CONCURRENT_WRITER");
    assertThat(line.get("repair").textValue())
        .isEqualTo("penstock run daily-sales --date 2026-03-01 --param least=3");
    assertThat(program.err())
        .contains("The table was altered.", "Repair: penstock run daily-sales");
    assertThat(Program.json(program.lake.records().get(0)).get("repair"))
        .isEqualTo(line.get("repair"));
  }

  /** With the defaults, the command would compute something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"status\":\"RUNN",
        "{\"status\":\"RUNNING\"}",
        "{\"status\":\"RUNNING\",\"parameters\":{\"least\":\"3\"},\"resultVersion\":99}"
      })
  void aRunWhoseParametersAreNotKnownHasNoCommand(String record) {
    if (!record.isEmpty()) {
      program.lake.record("daily-sales", "run-2", record);
    }
    program.lake.leftBehind(
        "daily-sales",
        "run-2",
        Optional.of(Jobs.day("2026-03-01")),
        () -> new Completion(Ending.GIVEN_UP, failed()));

    assertThat(program.run("recover")).isEqualTo(75);

    assertThat(program.lines().get(0).has("repair")).isFalse();
    assertThat(program.err())
        .contains(
            "No command repairs it: its record is gone or can't be read, and with it the values of"
                + " least, note, token, so run it again with the same ones.");
  }

  @Test
  void theRecordOfAnEarlierReleaseGetsTheNamesOfThisOne() {
    program.lake.record(
        "land-sales",
        "run-1",
        "{\"status\":\"FAILED\",\"sinks\":[{\"name\":\"raw/sales\",\"kind\":\"delta\"}],\"resultVersion\":1}");
    leave("run-1", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover")).isZero();

    JsonNode record = Program.json(program.lake.records().get(0));
    assertThat(record.has("sinks")).isFalse();
    assertThat(record.at("/outputs/0/format").textValue()).isEqualTo("delta");
    assertThat(record.get("resultVersion").intValue()).isEqualTo(2);
  }

  @Test
  void theRecordOfALaterReleaseStaysAsItIs() {
    String record = "{\"status\":\"RUNNING\",\"resultVersion\":99}";
    program.lake.record("land-sales", "run-1", record);
    leave("run-1", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover")).isZero();

    assertThat(program.lake.records()).containsExactly(record);
  }

  @Test
  void aRunOfAJobThatIsNoMoreHasNoCommand() {
    program.lake.leftBehind(
        "gone",
        "run-2",
        Optional.of(Jobs.day("2026-03-01")),
        () -> new Completion(Ending.NOT_BEGUN, report(Published.NONE)));

    assertThat(program.run("recover")).isEqualTo(75);

    assertThat(program.lines().get(0).has("repair")).isFalse();
    assertThat(program.err())
        .contains("the job isn't one of this program's, so run it where it is known");
  }

  @Test
  void aRunOfWhichNothingIsPublishedIsLeftToBeRunAgain() {
    leave("run-3", () -> new Completion(Ending.NOT_BEGUN, report(Published.NONE)));

    assertThat(program.run("recover")).isEqualTo(75);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("SKIPPED");
    assertThat(program.err())
        .contains("Nothing of run run-3", "Repair: penstock run land-sales --date 2026-03-01");
    assertThat(program.lake.records()).isEmpty();
  }

  @Test
  void onlyTheLatestOfTheAttemptsAtTheSameIsToBeRunAgain() {
    leave("run-14", () -> new Completion(Ending.NOT_BEGUN, report(Published.NONE)));
    leave("run-15", () -> new Completion(Ending.NOT_BEGUN, report(Published.NONE)));

    assertThat(program.run("recover")).isEqualTo(75);

    assertThat(program.lines().get(0).has("repair")).isFalse();
    assertThat(program.lines().get(1).has("repair")).isTrue();
    assertThat(program.err()).contains("a later attempt stands behind it");
  }

  @Test
  void aRunThatALaterOneReplacedNeedsNothing() {
    program.lake.record("land-sales", "run-4", "{\"status\":\"RUNNING\"}");
    leave("run-4", () -> new Completion(Ending.OVERTAKEN, report(Published.UNKNOWN)));

    assertThat(program.run("recover")).isZero();

    assertThat(program.err()).contains("A later run has replaced run run-4");
    assertThat(program.lake.settled()).containsExactly("run-4");
    JsonNode record = Program.json(program.lake.records().get(0));
    assertThat(record.get("status").textValue()).isEqualTo("SKIPPED");
    assertThat(record.get("recovery").textValue()).isEqualTo("OVERTAKEN");
  }

  @Test
  void whatARunRecordedOfItsEndStandsWhenALaterOneReplacedIt() {
    String record = "{\"status\":\"SUCCEEDED\",\"published\":\"ALL\"}";
    program.lake.record("land-sales", "run-13", record);
    leave("run-13", () -> new Completion(Ending.OVERTAKEN, report(Published.UNKNOWN)));

    assertThat(program.run("recover")).isZero();

    assertThat(program.lake.records()).containsExactly(record);
  }

  @Test
  void aRunThatCanNotBeReachedNowDoesNotKeepTheOthersFromBeingCompleted() {
    leave(
        "run-5",
        () -> {
          throw RunFailedException.of(
              FailureKind.STORAGE, "STORAGE", "The disk is full.", "make room.");
        });
    leave("run-6", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover")).isEqualTo(74);

    assertThat(program.lake.settled()).containsExactly("run-6");
    JsonNode summary = program.lines().get(2).get("summary");
    assertThat(summary.toString())
        .isEqualTo(
            "{\"runs\":2,\"completed\":1,\"not_begun\":0,\"overtaken\":0,\"given_up\":0,\"failed\":1,\"exitCode\":74}");
  }

  @Test
  void onlyRunsOfTheJobsNamedAreLookedAfter() {
    leave("run-7", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover", "daily-sales")).isZero();

    assertThat(program.lake.settled()).isEmpty();
  }

  @Test
  void aJobThatDoesNotExistIsAMistake() {
    assertThat(program.run("recover", "dayly-sales")).isEqualTo(64);
    assertThat(program.err()).contains("dayly-sales", "daily-sales");
  }

  @Test
  void theNextRunOfTheTaskCompletesItFirst() {
    leave("run-8", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("run", "land-sales", "--date", "2026-03-01")).isZero();

    assertThat(program.lake.settled()).hasSize(2).first().isEqualTo("run-8");
    assertThat(program.err()).contains("Completed run run-8 of land-sales");
  }

  @Test
  void whatIsCompletedFirstIsNotPublishedByTheRunItself() {
    leave("run-10", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));
    program.engine.whileComputing(
        () -> Undeclared.raise(new IllegalStateException("a bug of the engine")));

    assertThat(program.run("run", "land-sales", "--date", "2026-03-01")).isEqualTo(70);

    assertThat(program.lines().get(0).get("published").textValue()).isEqualTo("NONE");
  }

  @Test
  void aStopLetsTheCommitsUnderWayFinishAndBeginsNoOthers() {
    leave(
        "run-11",
        () -> {
          program.stop.request(StopReason.INTERRUPTED);
          return new Completion(Ending.COMPLETED, report(Published.ALL));
        });
    leave("run-12", () -> new Completion(Ending.COMPLETED, report(Published.ALL)));

    assertThat(program.run("recover")).isEqualTo(130);

    assertThat(program.lake.settled()).containsExactly("run-11");
    assertThat(program.err()).contains("Stopped.");
  }

  @Test
  void anObstacleDoesNotKeepTheNextRunFromRunning() {
    leave(
        "run-9",
        () -> {
          throw new IllegalStateException("unreadable");
        });

    assertThat(program.run("run", "land-sales", "--date", "2026-03-01")).isZero();

    assertThat(program.err()).contains("could not be completed", "unreadable");
  }

  private void leave(String runId, Supplier<Completion> completion) {
    program.lake.leftBehind("land-sales", runId, Optional.of(Jobs.day("2026-03-01")), completion);
  }

  private static RunReport report(Published published) {
    return new RunReport(
        published,
        List.of(),
        List.of(
            new RunReport.Output(
                "raw/sales",
                "delta",
                "file:/lake/raw/sales",
                List.of("2026-03-01"),
                3,
                1,
                100,
                20,
                OptionalLong.of(7))),
        List.of(),
        List.of(new RunPlan.Doubt("limit (Sales.java:7)", "rows may tie", Optional.of("a sample"))),
        Optional.empty());
  }

  private static RunReport failed() {
    return new RunReport(
        Published.PARTIAL, List.of(), List.of(), List.of(), List.of(), Optional.of(MOVED));
  }
}
