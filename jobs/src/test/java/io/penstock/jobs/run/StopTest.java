package io.penstock.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import io.penstock.jobs.MemoryEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopTest {
  private static final Stop.Limits SHORT =
      new Stop.Limits(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(20));
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<StopReason> halted = new CompletableFuture<>();

  @Test
  void aProgramThatDoesNotEndIsHaltedAfterItsLastWords() {
    Stop stop = stop(SHORT);
    stop.beforeHalting(reason -> events.add("last words"));

    stop.request(StopReason.TERMINATED);

    assertThat(halted.join()).isEqualTo(StopReason.TERMINATED);
    assertThat(events).containsExactly("last words", "halt");
  }

  @Test
  void aFinalReportThatFailsDoesNotHoldTheProcess() {
    Stop stop = stop(SHORT);
    stop.beforeHalting(
        reason -> {
          throw new IllegalStateException("the disk is full");
        });

    stop.request(StopReason.TERMINATED);

    assertThat(halted.join()).isEqualTo(StopReason.TERMINATED);
  }

  /** Nobody kills it then, and what was asked for is an outcome. */
  @Test
  void aFinalReportAfterATimeOutMayTakeItsTime() throws InterruptedException {
    Stop stop = stop(SHORT);
    CountDownLatch slow = new CountDownLatch(1);
    stop.beforeHalting(
        reason -> {
          hang(new CountDownLatch(1), slow);
          events.add("last words");
        });

    stop.request(StopReason.TIMEOUT);
    assertThat(slow.await(300, TimeUnit.MILLISECONDS)).isFalse();
    slow.countDown();

    assertThat(halted.join()).isEqualTo(StopReason.TIMEOUT);
    assertThat(events).containsExactly("last words", "halt");
  }

  @Test
  void aFinalReportThatNobodyReadsDoesNotHoldTheProcess() {
    Stop stop = stop(SHORT);
    CountDownLatch spoken = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    stop.beforeHalting(reason -> hang(spoken, never));

    stop.request(StopReason.TERMINATED);

    assertThat(halted.join()).isEqualTo(StopReason.TERMINATED);
    never.countDown();
  }

  @Test
  void aCommitThatDoesNotFinishDoesNotHoldTheProcess() throws InterruptedException {
    Stop stop = stop(SHORT);
    CountDownLatch publishing = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Thread run = new Thread(() -> stop.gate().publish(() -> hang(publishing, never)));
    run.start();
    publishing.await();

    stop.request(StopReason.INTERRUPTED);

    assertThat(halted.join()).isEqualTo(StopReason.INTERRUPTED);
    never.countDown();
    run.join();
  }

  @Test
  void theEngineIsCancelledAfterTheCommitsUnderWay() throws InterruptedException {
    MemoryEngine engine = new MemoryEngine();
    Stop stop =
        stop(
            new Stop.Limits(
                Duration.ofSeconds(20),
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20)));
    stop.cancels(engine);

    stop.gate()
        .publish(
            () -> {
              stop.request(StopReason.TERMINATED);
              assertThat(engine.isStopped()).isFalse();
            });

    while (!engine.isStopped()) {
      Thread.onSpinWait();
    }
    stop.finished();
    assertThat(events).isEmpty();
  }

  @Test
  void nothingBeginsToPublishAfterTheRequest() {
    Stop stop = stop(SHORT);

    stop.request(StopReason.TERMINATED);

    assertThatThrownBy(() -> stop.gate().publish(() -> events.add("published")))
        .isInstanceOf(RunFailedException.class);
    assertThat(events).doesNotContain("published");
  }

  @Test
  void theFirstReasonCounts() {
    Stop stop = stop(SHORT);

    stop.request(StopReason.TIMEOUT);
    stop.request(StopReason.TERMINATED);

    assertThat(stop.reason()).contains(StopReason.TIMEOUT);
    assertThat(halted.join()).isEqualTo(StopReason.TIMEOUT);
  }

  @Test
  void anEngineThatOpensTooLateIsCancelledAtOnce() {
    Stop stop = stop(SHORT);
    MemoryEngine engine = new MemoryEngine();

    stop.request(StopReason.TERMINATED);
    stop.cancels(engine);

    assertThat(engine.isStopped()).isTrue();
  }

  private Stop stop(Stop.Limits limits) {
    return new Stop(
        limits,
        reason -> {
          events.add("halt");
          halted.complete(reason);
        });
  }

  private static void hang(CountDownLatch begun, CountDownLatch never) {
    begun.countDown();
    try {
      assertThat(never.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
