package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The result file tells the outcome, whenever and however the program ends. */
@Tag("process")
class ResultFileTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void theResultFileSaysRunningUntilTheEnd() {
    program.engine.whileComputing(
        () -> assertThat(program.resultFile().get("status").textValue()).isEqualTo("RUNNING"));

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();

    JsonNode document = program.resultFile();
    assertThat(document.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(document.get("tasks").get(0)).isEqualTo(program.lines().get(0));
    assertThat(document.get("summary").get("exitCode").intValue()).isZero();
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aResultFileThatIsALinkStaysOneAndItsTargetTellsTheOutcome() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("told.json"), "old");
    Path between = directory.resolve("between.json");
    Files.createSymbolicLink(between, Path.of("elsewhere", "told.json"));
    Files.createSymbolicLink(directory.resolve("result.json"), between);

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();

    assertThat(directory.resolve("result.json")).isSymbolicLink();
    assertThat(between).isSymbolicLink();
    assertThat(Files.readString(target)).contains("\"SUCCEEDED\"");
    assertThat(elsewhere).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aLinkToNothingYetMakesWhatItLeadsTo() throws IOException {
    Files.createSymbolicLink(directory.resolve("result.json"), directory.resolve("told.json"));

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();

    assertThat(Files.readString(directory.resolve("told.json"))).contains("\"SUCCEEDED\"");
  }

  @Test
  void aPipeThatNobodyReadsDoesNotKeepARunWaiting() throws Exception {
    Path pipe = directory.resolve("result.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();

    assertThat(Files.exists(pipe) && !Files.isRegularFile(pipe)).isTrue();
  }

  @Test
  void aResultFileThatCannotBeWrittenStopsEverythingBeforeItBegins() {
    assertThat(program.run("run", "land-products", "--result-file", "nowhere/result.json"))
        .isEqualTo(64);

    assertThat(program.engine.opened()).isEmpty();
    assertThat(program.lines()).hasSize(1);
    assertThat(program.lines().get(0).at("/error/code").textValue()).isNotEmpty();
    assertThat(program.lines().get(0).at("/summary/exitCode").intValue()).isEqualTo(64);
    assertThat(program.err())
        .isEqualTo(
            """
            Cannot write the result file '%1$s/result.json': there is no directory '%1$s', and \
            whoever waits for the file would wait in vain.
            Fix: make the directory first, or name a file in one that exists and can be written to.
            """
                .formatted(directory.resolve("nowhere")));
  }

  @Test
  void aResultFileBelowAFileNamesThatFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(program.run("run", "land-products", "--result-file", "file/result.json"))
        .isEqualTo(64);

    assertThat(program.err())
        .contains("'" + file + "' is not a directory")
        .doesNotContain("Exception", ".tmp");
  }

  @Test
  void aResultFileThatIsADirectoryIsRefused() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("results"));
    Files.writeString(folder.resolve("other.json"), "{}");

    assertThat(program.run("run", "land-products", "--result-file", "results")).isEqualTo(64);

    assertThat(program.err())
        .contains("Cannot write the result file '" + folder + "': it is a directory")
        .doesNotContain("Exception", ".tmp");
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

  @ParameterizedTest
  @CsvSource({
    "run daly-sales --date=2026-03-01 --result-file=result.json, UNKNOWN_JOB",
    "run land-products --lake=nowhere --result-file=result.json, NO_LAKE",
    "run land-sales --result-file=result.json, DATE_MISSING",
    "run land-products --dat=2026-03-01 --result-file result.json, UNKNOWN_OPTION",
    "run --result-file=result.json land-products --timeout=long, USAGE",
    "run --result-file=result.json, USAGE"
  })
  void whatIsWrongWithTheCommandStandsInTheFile(String command, String code) {
    assertThat(program.run(command.split(" "))).isEqualTo(64);

    JsonNode document = program.resultFile();
    assertThat(document.get("status").textValue()).isEqualTo("FAILED");
    assertThat(document.get("tasks")).isEmpty();
    assertThat(document.get("error").get("code").textValue()).isEqualTo(code);
    assertThat(document.get("error").get("fix").textValue()).isNotBlank();
    assertThat(document.get("summary").get("exitCode").intValue()).isEqualTo(64);
    assertThat(program.lines()).hasSize(1);
    assertThat(program.lines().get(0).get("error")).isEqualTo(document.get("error"));
    assertThat(program.lines().get(0).get("summary")).isEqualTo(document.get("summary"));
  }

  @Test
  void jobsThatCanNotBeUsedStandInTheFile() {
    program.with(
        () ->
            JobRegistry.of(List.of(Jobs.daily("one", "mart/one"), Jobs.daily("one", "mart/two"))));

    assertThat(program.run("run", "one", "--result-file=result.json")).isEqualTo(78);

    assertThat(program.resultFile().get("error").get("code").textValue())
        .isEqualTo("SAME_JOB_NAME");
  }

  @Test
  void theFileSaysRunningAlreadyWhileJobsAreLookedFor() {
    program.with(
        () -> {
          assertThat(program.resultFile().get("status").textValue()).isEqualTo("RUNNING");
          return Jobs.all();
        });

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isZero();
  }

  @Test
  void aStopBeforeTheTasksStandsInTheFileAndOpensNoEngine() {
    program.with(
        () -> {
          program.stop.request(StopReason.TERMINATED);
          return Jobs.all();
        });

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isEqualTo(143);

    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
    assertThat(program.resultFile().get("tasks").get(0)).isEqualTo(program.lines().get(0));
    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("STOPPED");
    assertThat(program.engine.opened()).isEmpty();
  }

  @Test
  void aStopThatMakesTheSearchForJobsFailStandsInTheFile() {
    program.with(
        () -> {
          program.stop.request(StopReason.INTERRUPTED);
          throw new IllegalStateException("the class path is gone");
        });

    assertThat(program.run("run", "land-products", "--result-file", "result.json")).isEqualTo(130);

    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
    assertThat(program.resultFile().get("summary").get("exitCode").intValue()).isEqualTo(130);
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
}
