package io.penstock.spark.publication;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.text.ExceptionText;
import java.time.Duration;
import java.util.List;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class PublicationErrors {
  private PublicationErrors() {}

  static IllegalArgumentException unknownVersion(int found, int known) {
    return new IllegalArgumentException(
        "Cannot read a journal entry of version %s: this release knows version %s. Use the release that wrote it, or a later one."
            .formatted(found, known));
  }

  static UnpublishableException numberTaken(JournalEntry entry) {
    return unpublishable(
        "ATTEMPT_NUMBER_TAKEN",
        "Cannot publish run %s: another attempt at %s of pipeline %s has its number, %s."
            .formatted(
                entry.runId(), entry.scope().unit(), entry.scope().pipeline(), entry.epoch()),
        "run it again: it then gets a number of its own.");
  }

  static UnpublishableException tooOld(JournalEntry entry, Duration limit) {
    return unpublishable(
        "ATTEMPT_TOO_OLD",
        "Cannot publish run %s: it began at %s, more than %s days ago, and unpublished files of that age may be cleaned up at any moment."
            .formatted(entry.runId(), entry.startedAt(), limit.toDays()),
        "run the task again.");
  }

  static UnpublishableException takenBack(JournalEntry entry, List<String> outputs) {
    return unpublishable(
        "OUTPUT_TAKEN_BACK",
        "Cannot complete run %s: somebody has restored an older version of %s since, or changed what it had published there, or the history that would tell is gone."
            .formatted(entry.runId(), String.join(", ", outputs)),
        "run the task again.");
  }

  static RunFailedException unreadableRun(UnreadableEntry entry) {
    return RunFailedException.invalid(
            "JOURNAL_UNREADABLE",
            "Cannot read %s, which says what a run of '%s' at %s was about to publish: %s"
                .formatted(
                    entry.file(),
                    entry.scope().pipeline(),
                    entry.scope().unit(),
                    ExceptionText.sentence(entry.why())),
            "if a later release wrote it, use that one; else run the task again, which replaces"
                + " it.")
        .causedBy(entry.why());
  }

  private static UnpublishableException unpublishable(String code, String problem, String fix) {
    return new UnpublishableException(new Failure(FailureKind.TRY_AGAIN, code, problem, fix));
  }
}
