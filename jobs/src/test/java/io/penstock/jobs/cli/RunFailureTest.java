package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.Undeclared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an engine does, each task has its result. */
class RunFailureTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void anEngineThatFailsOutrightWhilePublishingLeavesTheExtentUnknown() {
    program.engine.whilePublishing(() -> Undeclared.raise(new Exception("surprise")));

    assertThat(program.run("run", "land-products")).isEqualTo(70);

    assertThat(program.lines().get(0).get("published").textValue()).isEqualTo("UNKNOWN");
    assertThat(program.err()).contains("published: unknown");
  }

  @Test
  void anAttemptThatWasOvertakenIsNotToBeRunAgain() {
    program.engine.whileComputing(
        () -> {
          throw RunFailedException.of(
              FailureKind.OVERTAKEN, "OVERTAKEN", "A later one came.", "do nothing.");
        });

    assertThat(program.run("run", "land-products")).isEqualTo(73);

    assertThat(program.lines().get(0).get("retryable").booleanValue()).isFalse();
    assertThat(program.lines().get(0).has("repair")).isFalse();
    assertThat(program.err()).contains("A later one came.").doesNotContain("Repair:");
  }

  @Test
  void anEngineThatDoesNotOpenFailsEveryTask() {
    program.engine.failingToOpen(
        RunFailedException.of(FailureKind.UNAVAILABLE, "NO_CLUSTER", "No answer.", "wait."));

    assertThat(program.run("run", "land-sales", "land-products", "--date", "2026-03-01"))
        .isEqualTo(69);

    assertThat(
            program.lines().stream().limit(2).map(line -> line.get("error").get("code").asText()))
        .containsExactly("NO_CLUSTER", "NO_CLUSTER");
  }

  @Test
  void anEngineThatDoesNotCloseLeavesTheOutcomeAsItIs() {
    program.engine.failingToClose(new IOException("lost"));

    assertThat(program.run("run", "land-products")).isZero();

    assertThat(program.err()).contains("The reported outcomes of the tasks stand", "lost");
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

  @Test
  void theStackTraceIsForTheVerbose() {
    program.engine.whileComputing(
        () -> {
          throw new IllegalStateException("surprise");
        });

    program.run("run", "land-products", "--verbose");

    assertThat(program.err()).contains("\tat ");
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void whatTheEngineThrowsUndeclaredIsAResultToo(Throwable thrown, int exitCode) {
    program.engine.whileComputing(() -> Undeclared.raise(thrown));

    assertThat(program.run("run", "land-products", "--result-file", "result.json"))
        .isEqualTo(exitCode);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("FAILED");
    assertThat(program.resultFile().get("tasks").get(0)).isEqualTo(program.lines().get(0));
    assertThat(program.lake.records()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void whatFailsUndeclaredBeforeTheTasksIsTheirResult(Throwable thrown, int exitCode) {
    program.engine.failingToOpen(thrown);

    assertThat(program.run("run", "land-products", "--result-file", "result.json"))
        .isEqualTo(exitCode);

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("FAILED");
    assertThat(program.resultFile().get("status").textValue()).isEqualTo("FAILED");
  }

  @ParameterizedTest
  @MethodSource("undeclared")
  void aRecordThatFailsUndeclaredLeavesTheOutcomeAsItIs(Throwable thrown) {
    program.lake.failingToRecord(thrown);

    assertThat(program.run("run", "land-products")).isZero();
  }

  private static Stream<Arguments> undeclared() {
    return Stream.of(
        Arguments.of(new Exception("surprise"), 70),
        Arguments.of(new IOException("No space left on device"), 74),
        Arguments.of(new UncheckedIOException(new IOException("No space left on device")), 74),
        Arguments.of(new NoClassDefFoundError("com/acme/Missing"), 70),
        Arguments.of(new OutOfMemoryError("Java heap space"), 71));
  }
}
