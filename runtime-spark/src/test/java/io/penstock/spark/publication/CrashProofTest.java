package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Attempts that die at each of their steps: readers find the old content or the new one in each
 * output, whole; recovery leaves all old or all new; another run brings its own.
 */
@Tag("proof")
final class CrashProofTest {
  private static final String DAY = "2026-03-01";
  private static final Content OLD = new Content("old", 3);
  private static final Content NEW = new Content("new", 5);
  private static final Content NEXT = new Content("next", 2);

  private final Map<UnfinishedRun.Ending, Integer> endings =
      new EnumMap<>(UnfinishedRun.Ending.class);

  @Test
  void whereverAnAttemptDiesNothingIsLostDoubledOrHalf() {
    int crashes = Proofs.full() ? 5_000 : 300;
    Random random = Proofs.random("crashes");
    int steps = stepsOfAnAttempt();
    int recovered = 0;
    for (int crash = 0; crash < crashes; crash++) {
      // Each step in turn, so that none is left out, and chance for what happens then.
      recovered += crash(crash % steps + 1, random) ? 1 : 0;
    }
    assertThat(recovered).as("crashes that recovery completed").isPositive();
    Proofs.tell(
        "%s crashes at %s steps: 0 lost, 0 doubled, 0 mixed; %s completed by recovery, %s"
            .formatted(crashes, steps, recovered, endings));
  }

  private static int stepsOfAnAttempt() {
    try (ProofLake proof = new ProofLake()) {
      proof.publish("run-0", DAY, OLD);
      SteppedAttempt attempt = proof.attempt("run-1", DAY, NEW);
      int steps = 0;
      while (attempt.advance().isPresent()) {
        steps++;
      }
      return steps;
    }
  }

  /** Whether recovery completed the attempt. */
  private boolean crash(int atStep, Random random) {
    try (ProofLake proof = new ProofLake()) {
      Content before = random.nextBoolean() ? OLD : new Content("old", 0);
      proof.publish("run-0", DAY, before);
      SteppedAttempt attempt = proof.attempt("run-1", DAY, NEW);
      attempt.advance(atStep);
      List<Optional<Content>> seen = proof.held(DAY);
      assertThat(seen)
          .allMatch(content -> content.equals(known(before)) || content.equals(known(NEW)));

      boolean begun = seen.contains(known(NEW));
      boolean completed = false;
      if (random.nextBoolean()) {
        List<UnfinishedRun.Ending> found = proof.lake().recover(Steps.IGNORED);
        found.forEach(ending -> endings.merge(ending, 1, Integer::sum));
        completed = found.contains(UnfinishedRun.Ending.COMPLETED);
        proof.assertHolds(DAY, begun ? NEW : before);
      }
      if (random.nextBoolean()) {
        proof.lake().recover(DAY, Steps.IGNORED);
        proof.publish("run-2", DAY, NEXT);
        proof.assertHolds(DAY, NEXT);
        assertThat(proof.lake().journalled(DAY)).isZero();
      }
      proof.assertNothingDoubled();
      return completed;
    }
  }

  private static Optional<Content> known(Content content) {
    return content.lines() == 0 ? Optional.empty() : Optional.of(content);
  }
}
