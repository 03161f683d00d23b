package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.publication.AttemptProcess.Pace;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes that are killed and stopped while they publish. */
@Tag("proof")
final class KilledProcessTest {
  private static final String DAY = "2026-03-01";
  private static final int STEPS = 14;
  private static final Content OLD = new Content("old", 3);
  private static final Content KILLED = new Content("killed", 5);
  private static final Content NEXT = new Content("next", 2);

  /** The first table is visible, the second is not. */
  private static final int BETWEEN_TWO_COMMITS = 6;

  @Test
  void aProcessThatIsKilledAtAStepLeavesAllOldOrAllNew() {
    int rounds = Proofs.full() ? 100 : 1;
    int completed = 0;
    for (int round = 0; round < rounds; round++) {
      completed += killedAt(Proofs.full() ? round % STEPS + 1 : BETWEEN_TWO_COMMITS) ? 1 : 0;
    }
    assertThat(completed).as("runs that were completed").isPositive();
    Proofs.tell(
        "%s processes killed by SIGKILL at a step: 0 lost, 0 doubled, 0 mixed; %s completed by recovery"
            .formatted(rounds, completed));
  }

  /** Whether recovery completed what the process had begun. */
  private static boolean killedAt(int step) {
    try (ProofLake proof = new ProofLake()) {
      proof.publish("run-0", DAY, OLD);
      try (AttemptProcess process =
          AttemptProcess.start(
              proof.root(), KILLED.name(), DAY, KILLED.lines(), Pace.STEP_BY_STEP)) {
        process.advance(step);
        process.kill();
      }
      boolean begun = proof.held(DAY).contains(Optional.of(KILLED));
      List<UnfinishedRun.Ending> endings = proof.lake().recover(Steps.IGNORED);
      proof.assertHolds(DAY, begun ? KILLED : OLD);
      converges(proof);
      return endings.contains(UnfinishedRun.Ending.COMPLETED);
    }
  }

  @Test
  void aProcessThatIsKilledAtAnyTimeLeavesTheWholeOfOneAttempt() {
    int rounds = Proofs.full() ? 100 : 1;
    Random random = Proofs.random("times of death");
    long published = 0;
    for (int round = 0; round < rounds; round++) {
      published += killedAfter(random.nextInt(400));
    }
    assertThat(published).isPositive();
    Proofs.tell(
        "%s processes killed by SIGKILL at random times, after %s publications: 0 lost, 0 doubled, 0 mixed"
            .formatted(rounds, published));
  }

  /** How many attempts the process has told of. */
  private static int killedAfter(int milliseconds) {
    try (ProofLake proof = new ProofLake()) {
      int told = 1;
      try (AttemptProcess process =
          AttemptProcess.start(proof.root(), "endless", DAY, 4, Pace.ENDLESS)) {
        process.next();
        sleep(milliseconds);
        process.kill();
        while (process.next() != null) {
          told++;
        }
      }
      proof.lake().recover(Steps.IGNORED);
      List<Optional<Content>> held = proof.held(DAY);
      assertThat(held.stream().distinct()).as("one content in all outputs").hasSize(1);
      // What a process was told to be published is there, or what it did after it.
      int last = Integer.parseInt(held.get(0).orElseThrow().name().substring("endless-".length()));
      assertThat(last).isBetween(told - 1, told);
      proof.assertHolds(DAY, held.get(0).orElseThrow());
      converges(proof);
      return told;
    }
  }

  @Test
  void aProcessThatWasStoppedWhileAnotherRanNeverPublishesOverIt() {
    int rounds = Proofs.full() ? 50 : 1;
    int fenced = 0;
    for (int round = 0; round < rounds; round++) {
      fenced += stoppedAt(Proofs.full() ? round % STEPS + 1 : BETWEEN_TWO_COMMITS) ? 1 : 0;
    }
    assertThat(fenced).as("processes that were fenced off").isPositive();
    Proofs.tell(
        "%s processes stopped by SIGSTOP at a step while another ran: the old output was current 0 times; %s were fenced off"
            .formatted(rounds, fenced));
  }

  /** Whether the process was fenced off when it went on. */
  private static boolean stoppedAt(int step) {
    try (ProofLake proof = new ProofLake();
        AttemptProcess process =
            AttemptProcess.start(proof.root(), "slow", DAY, 5, Pace.STEP_BY_STEP)) {
      process.advance(step);
      process.stop();
      proof.lake().recover(DAY, Steps.IGNORED);
      proof.publish("run-2", DAY, NEXT);
      proof.assertHolds(DAY, NEXT);
      process.resume();
      String end = process.finish();
      proof.assertHolds(DAY, NEXT);
      proof.assertNothingDoubled();
      return end.contains("OvertakenException");
    }
  }

  private static void converges(ProofLake proof) {
    proof.publish("run-9", DAY, NEXT);
    proof.assertHolds(DAY, NEXT);
    proof.assertNothingDoubled();
    assertThat(proof.lake().journalled(DAY)).isZero();
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a process runs", e);
    }
  }
}
