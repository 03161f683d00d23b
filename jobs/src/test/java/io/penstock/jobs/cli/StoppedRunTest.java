package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.run.StopReason;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is told to stop publishes all or nothing, and says which. */
class StoppedRunTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
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
    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
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
  void aStopThatComesTooLateToStopAnythingIsExplained() {
    program.engine.whilePublishing(() -> program.stop.request(StopReason.HUNG_UP));

    assertThat(program.run("run", "land-products", "--result-file=result.json")).isEqualTo(129);

    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");

    assertThat(program.lines().get(0).get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(program.err())
        .contains("Told to stop by a HUP signal when the last commits had begun: everything is");
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
}
