package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.run.Stop;
import io.penstock.jobs.run.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outcome is told also when the engine never comes back. */
@Timeout(30)
class StubbornEngineTest {
  @TempDir Path directory;
  private final CompletableFuture<String> toldBeforeTheHalt = new CompletableFuture<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private Program program;

  @BeforeEach
  void start() {
    program =
        new Program(
            directory,
            new Stop(
                new Stop.Limits(
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20)),
                reason -> toldBeforeTheHalt.complete(program.out())));
  }

  @Test
  void aTaskThatIsStillComputedIsStopped() {
    program.engine.whileComputing(this::stopAndHang);

    CompletableFuture<Integer> exitCode = run();

    assertThat(Program.json(toldBeforeTheHalt.join()).get("status").textValue())
        .isEqualTo("STOPPED");
    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
    assertThat(program.out()).isEqualTo(toldBeforeTheHalt.join());
    assertThat(program.engine.executed()).isEmpty();
  }

  @Test
  void aTaskInTheMiddleOfItsCommitsIsPublishedNobodyKnowsHowFar() {
    program.engine.whilePublishing(this::stopAndHang);

    CompletableFuture<Integer> exitCode = run();

    assertThat(Program.json(toldBeforeTheHalt.join()).get("published").textValue())
        .isEqualTo("UNKNOWN");
    assertThat(Program.json(program.lake.records().get(0)).get("status").textValue())
        .isEqualTo("RUNNING");
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
    assertThat(program.lines()).hasSize(1);
  }

  @Test
  void aTaskThatHasPublishedAndHangsAfterwardsIsNotToldAsUntouched() {
    program.engine.afterPublishing(this::stopAndHang);

    CompletableFuture<Integer> exitCode = run();

    assertThat(Program.json(toldBeforeTheHalt.join()).get("published").textValue())
        .isEqualTo("UNKNOWN");
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
  }

  @Test
  void aTaskWhoseEngineDoesNotOpenIsStopped() {
    program.engine.whileOpening(this::stopAndHang);

    CompletableFuture<Integer> exitCode = run();

    assertThat(Program.json(toldBeforeTheHalt.join()).get("status").textValue())
        .isEqualTo("STOPPED");
    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
    assertThat(program.engine.executed()).isEmpty();
    assertThat(program.engine.isStopped()).isTrue();
  }

  @Test
  void aCommandThatDoesNotFindItsJobsIsStopped() {
    program.with(
        () -> {
          stopAndHang();
          return Jobs.all();
        });

    CompletableFuture<Integer> exitCode = run();

    JsonNode told = Program.json(toldBeforeTheHalt.join());
    assertThat(told.get("summary").get("exitCode").intValue()).isEqualTo(143);
    assertThat(program.resultFile().get("status").textValue()).isEqualTo("STOPPED");
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
  }

  @Test
  void aTaskThatHasEndedStaysSoWhenTheEngineDoesNotClose() {
    program.engine.whileClosing(this::stopAndHang);

    CompletableFuture<Integer> exitCode = run();

    assertThat(Program.json(toldBeforeTheHalt.join()).get("status").textValue())
        .isEqualTo("SUCCEEDED");
    assertThat(program.resultFile().get("tasks").get(0).get("published").textValue())
        .isEqualTo("ALL");
    assertThat(program.resultFile().get("summary").get("exitCode").intValue()).isEqualTo(143);
    release.countDown();
    assertThat(exitCode.join()).isEqualTo(143);
  }

  private CompletableFuture<Integer> run() {
    return CompletableFuture.supplyAsync(
        () -> program.run("run", "land-products", "--result-file", "result.json"));
  }

  private void stopAndHang() {
    program.stop.request(StopReason.TERMINATED);
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
