package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.publication.ForgetfulLogStore.Fault;
import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.Proofs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commits that were made, and whose writer never heard so. */
@Tag("proof")
final class LostAnswerProofTest {
  private static final String DAY = "2026-03-01";
  private static final Content NEW = new Content("new", 5);

  private final int rounds = Proofs.full() ? 1_000 : 50;

  @Test
  void aCommitWhoseAnswerIsAnErrorIsFoundInTheHistory() {
    lose(Fault.NETWORK);
  }

  @Test
  void aCommitWhoseAnswerIsThatTheVersionExistsIsFoundInTheHistory() {
    lose(Fault.EXISTS);
  }

  private void lose(Fault fault) {
    for (int round = 0; round < rounds; round++) {
      ForgetfulLogStore store = new ForgetfulLogStore();
      try (ProofLake proof = new ProofLake(store)) {
        proof.publish("run-0", DAY, new Content("old", 3));
        store.forgetNext(fault);
        if (round % 2 == 1) {
          // The second table's answer, for a change.
          store.forgetNext(Fault.NONE, fault);
        }
        proof.publish("run-1", DAY, NEW);
        assertThat(store.forgotten()).as("answers lost").isPositive();
        proof.assertHolds(DAY, NEW);
        proof.assertNothingDoubled();
        assertThat(proof.lake().table("mart/first").latest().version()).isEqualTo(1);
      }
    }
    Proofs.tell(
        "%s lost answers (%s): exactly one version and success, %1$s of %1$s"
            .formatted(rounds, fault));
  }

  @Test
  void aCommitWhoseWriterDiedIsFoundByRecovery() {
    for (int round = 0; round < rounds; round++) {
      try (ProofLake proof = new ProofLake()) {
        proof.publish("run-0", DAY, new Content("old", 3));
        SteppedAttempt attempt = proof.attempt("run-1", DAY, NEW);
        Step died = Step.BEGUN;
        // The first commit is made; nothing behind it is.
        while (died != Step.VISIBLE) {
          died = attempt.advance().orElseThrow();
        }
        assertThat(proof.lake().recover(Steps.IGNORED))
            .isEqualTo(List.of(UnfinishedRun.Ending.COMPLETED));
        proof.assertHolds(DAY, NEW);
        proof.assertNothingDoubled();
        assertThat(proof.lake().table("mart/first").latest().version()).isEqualTo(1);
      }
    }
    Proofs.tell(
        "%s writers that died behind a commit: exactly one version, and recovered, %1$s of %1$s"
            .formatted(rounds));
  }
}
