package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.delta.FencedException;
import io.penstock.spark.export.FencedExportException;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two attempts at one time: the result is always that of one after the other. */
final class OverlapProofTest {
  private static final String DAY = "2026-03-01";
  private static final String OTHER_DAY = "2026-03-02";
  private static final Content OLD = new Content("old", 3);
  private static final Content NEW = new Content("new", 5);

  @Test
  void anAttemptThatStoodStillWhileAnotherRanNeverPublishesOverIt() {
    int pauses = Proofs.full() ? 2_000 : 56;
    int steps = steps();
    int fenced = 0;
    for (int pause = 0; pause < pauses; pause++) {
      fenced += pausedAt(pause % steps + 1) ? 1 : 0;
    }
    assertThat(fenced).as("attempts that were fenced off").isPositive();
    Proofs.tell(
        "%d attempts stopped at %d steps while another ran: the old output was current 0 times; %d were fenced off"
            .formatted(pauses, steps, fenced));
  }

  /** Whether the attempt was fenced off when it went on. */
  private static boolean pausedAt(int step) {
    try (ProofLake proof = new ProofLake()) {
      SteppedAttempt slow = proof.attempt("run-1", DAY, OLD);
      slow.advance(step);
      proof.lake().recover(DAY, Steps.IGNORED);
      proof.publish("run-2", DAY, NEW);
      proof.assertHolds(DAY, NEW);
      while (slow.advance().isPresent()) {
        assertThat(proof.held(DAY)).containsOnly(Optional.of(NEW));
      }
      proof.assertHolds(DAY, NEW);
      proof.assertNothingDoubled();
      return slow.failure().map(OverlapProofTest::isFence).orElse(false);
    }
  }

  @Test
  void twoAttemptsAtOneDayLeaveTheWholeOfTheLaterWhateverTheOrderOfTheirSteps() {
    int orders = Proofs.full() ? 5_000 : 120;
    Random random = Proofs.random("orders of steps");
    int steps = steps();
    int fenced = 0;
    for (int order = 0; order < orders; order++) {
      fenced += interleavedAtOneDay(orderOf(steps, random)) ? 1 : 0;
    }
    assertThat(fenced).as("orders in which the earlier was fenced off").isBetween(1, orders - 1);
    Proofs.tell(
        "%d orders of the steps of two attempts at one day: always the whole of the later; in %d the earlier was fenced off, else it published before"
            .formatted(orders, fenced));
  }

  /** Whether the earlier attempt was fenced off. */
  private static boolean interleavedAtOneDay(List<Integer> order) {
    List<Content> contents = List.of(OLD, NEW);
    try (ProofLake proof = new ProofLake()) {
      List<SteppedAttempt> two =
          List.of(proof.attempt("run-0", DAY, OLD), proof.attempt("run-1", DAY, NEW));
      int earlier = order.get(0);
      Optional<Content> later = Optional.of(contents.get(1 - earlier));
      List<Optional<Content>> seen = proof.held(DAY);
      for (int next : order) {
        two.get(next).advance();
        List<Optional<Content>> now = proof.held(DAY);
        for (int sink = 0; sink < now.size(); sink++) {
          if (seen.get(sink).equals(later)) {
            assertThat(now.get(sink)).as("the later stands, in order %s", order).isEqualTo(later);
          }
        }
        seen = now;
      }
      two.forEach(SteppedAttempt::finish);
      assertThat(two.get(1 - earlier).failure()).isEmpty();
      proof.assertHolds(DAY, later.orElseThrow());
      proof.assertNothingDoubled();
      Optional<Throwable> failure = two.get(earlier).failure();
      assertThat(failure.map(OverlapProofTest::isFence)).isNotEqualTo(Optional.of(false));
      return failure.isPresent();
    }
  }

  @Test
  void twoAttemptsAtTwoDaysAreNotInEachOthersWay() {
    int orders = Proofs.full() ? 1_000 : 30;
    Random random = Proofs.random("orders of steps on two days");
    int steps = steps();
    for (int order = 0; order < orders; order++) {
      try (ProofLake proof = new ProofLake()) {
        List<SteppedAttempt> two =
            List.of(proof.attempt("run-0", DAY, OLD), proof.attempt("run-1", OTHER_DAY, NEW));
        orderOf(steps, random).forEach(next -> two.get(next).advance());
        two.forEach(SteppedAttempt::finish);
        assertThat(two).allMatch(attempt -> attempt.failure().isEmpty());
        proof.assertHolds(DAY, OLD);
        proof.assertHolds(OTHER_DAY, NEW);
        proof.assertNothingDoubled();
      }
    }
    Proofs.tell("%d orders of the steps of attempts at two days: always both".formatted(orders));
  }

  private static List<Integer> orderOf(int steps, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 2 * steps; i++) {
      order.add(i % 2);
    }
    Collections.shuffle(order, random);
    return order;
  }

  private static int steps() {
    try (ProofLake proof = new ProofLake()) {
      SteppedAttempt attempt = proof.attempt("run-1", DAY, OLD);
      int steps = 0;
      while (attempt.advance().isPresent()) {
        steps++;
      }
      return steps;
    }
  }

  private static boolean isFence(Throwable failure) {
    return failure instanceof FencedException || failure instanceof FencedExportException;
  }
}
