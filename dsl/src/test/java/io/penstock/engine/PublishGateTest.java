package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublishGateTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final PublishGate gate = new PublishGate();

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anOpenGateLetsEveryRunPublish() {
    List<String> commits = new ArrayList<>();

    gate.publish(() -> commits.add("first run"));
    gate.publish(() -> commits.add("second run"));

    assertThat(commits).containsExactly("first run", "second run");
  }

  @Test
  void afterAStopNothingBeginsToPublish() {
    AtomicBoolean published = new AtomicBoolean();
    gate.stop();
    gate.stop();

    assertThatThrownBy(() -> gate.publish(() -> published.set(true)))
        .asInstanceOf(type(RunFailedException.class))
        .extracting(refused -> refused.failure().kind())
        .isEqualTo(FailureKind.STOPPED);
    assertThat(published).isFalse();
  }

  @Test
  void workThatAStopMakesUselessIsRefused() {
    gate.requireOpen();
    gate.stop();

    assertThatThrownBy(gate::requireOpen)
        .asInstanceOf(type(RunFailedException.class))
        .extracting(refused -> refused.failure().kind())
        .isEqualTo(FailureKind.STOPPED);
  }

  @Test
  void aRunThatHasBegunFinishesItsCommitsAfterAStop() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    List<String> commits = new ArrayList<>();
    Future<?> run =
        threads.submit(
            () ->
                gate.publish(
                    () -> {
                      commits.add("first sink");
                      begun.countDown();
                      await(stopped);
                      commits.add("second sink");
                    }));

    begun.await();
    gate.stop();
    stopped.countDown();

    assertThat(gate.awaitIdle(LONG)).isTrue();
    assertThat(commits).containsExactly("first sink", "second sink");
    run.get();
  }

  @Test
  void whoeverWaitsLearnsThatARunIsStillPublishing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<?> run =
        threads.submit(
            () ->
                gate.publish(
                    () -> {
                      begun.countDown();
                      await(finish);
                    }));

    begun.await();
    assertThat(gate.awaitIdle(Duration.ofMillis(5))).isFalse();
    assertThat(gate.awaitIdle(Duration.ZERO)).isFalse();
    finish.countDown();
    assertThat(gate.awaitIdle(LONG)).isTrue();
    run.get();
  }

  @Test
  void whoeverWaitsIsWokenOnlyWhenTheLastRunIsDone() throws Exception {
    CyclicBarrier bothBegun = new CyclicBarrier(3);
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    CountDownLatch secondMayEnd = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Future<?> first = threads.submit(() -> publishUntil(bothBegun, firstMayEnd, ended));
    Future<?> second = threads.submit(() -> publishUntil(bothBegun, secondMayEnd, ended));
    bothBegun.await();

    CompletableFuture<Integer> endedWhenIdle =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return gate.awaitIdle(LONG) ? ended.get() : -1;
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            threads);
    firstMayEnd.countDown();
    first.get();
    assertThat(endedWhenIdle).isNotDone();
    secondMayEnd.countDown();
    second.get();

    assertThat(endedWhenIdle.get()).isEqualTo(2);
  }

  @Test
  void anIdleGateMakesNobodyWait() throws InterruptedException {
    assertThat(gate.awaitIdle(Duration.ZERO)).isTrue();
    gate.publish(() -> {});
    gate.stop();
    assertThat(gate.awaitIdle(Duration.ZERO)).isTrue();
  }

  @Test
  void aCommitThatFailsLeavesTheGateIdle() throws InterruptedException {
    assertThatThrownBy(
            () ->
                gate.publish(
                    () -> {
                      throw new IllegalStateException("the lake is gone");
                    }))
        .hasMessage("the lake is gone");

    assertThat(gate.awaitIdle(Duration.ZERO)).isTrue();
  }

  @Test
  void inARaceNothingIsCommittedByARunThatBeganAfterTheStop() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      PublishGate raced = new PublishGate();
      CyclicBarrier start = new CyclicBarrier(3);
      AtomicBoolean stopReturned = new AtomicBoolean();
      AtomicInteger begunAfterStop = new AtomicInteger();
      AtomicInteger commits = new AtomicInteger();
      List<Future<Boolean>> runs = new ArrayList<>();
      for (int run = 0; run < 2; run++) {
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  boolean late = stopReturned.get();
                  try {
                    raced.publish(
                        () -> {
                          begunAfterStop.addAndGet(late ? 1 : 0);
                          commits.incrementAndGet();
                          commits.incrementAndGet();
                        });
                    return true;
                  } catch (RunFailedException refused) {
                    return false;
                  }
                }));
      }
      start.await();
      raced.stop();
      stopReturned.set(true);

      assertThat(raced.awaitIdle(LONG)).isTrue();
      int commitsOnceIdle = commits.get();
      int published = 0;
      for (Future<Boolean> run : runs) {
        published += run.get() ? 1 : 0;
      }
      assertThat(begunAfterStop).hasValue(0);
      assertThat(commitsOnceIdle).isEqualTo(2 * published);
      assertThat(commits).hasValue(commitsOnceIdle);
    }
  }

  private Void publishUntil(CyclicBarrier begun, CountDownLatch mayEnd, AtomicInteger ended) {
    gate.publish(
        () -> {
          try {
            begun.await();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          await(mayEnd);
          ended.incrementAndGet();
        });
    return null;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
