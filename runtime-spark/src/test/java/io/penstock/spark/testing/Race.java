package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several writers want the same name at the same moment, round after round. */
public final class Race {
  private Race() {}

  /** One writer's attempt in one round. */
  public interface Attempt {
    boolean wins(int round, int writer) throws Exception;
  }

  /** Runs the rounds, and expects one winner in each; who it was, by round. */
  public static List<Integer> oneWinsEach(int rounds, int writers, Attempt attempt)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Integer> winners = new ArrayList<>();
    try {
      for (int number = 0; number < rounds; number++) {
        int round = number;
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          int who = writer;
          attempts.add(
              () -> {
                together.await();
                return attempt.wins(round, who);
              });
        }
        List<Integer> won = new ArrayList<>();
        List<Future<Boolean>> outcomes = threads.invokeAll(attempts);
        for (int writer = 0; writer < writers; writer++) {
          if (outcomes.get(writer).get()) {
            won.add(writer);
          }
        }
        assertThat(won).as("winners of round " + round).hasSize(1);
        winners.addAll(won);
      }
    } finally {
      threads.shutdownNow();
    }
    return winners;
  }
}
