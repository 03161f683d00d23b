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
        "Cannot read a journal entry of version "
            + found
            + ": this release knows version "
            + known
            + ". Use the release that wrote it, or a later one.");
  }

  static UnpublishableException numberTaken(JournalEntry entry) {
    return unpublishable(
        "ATTEMPT_NUMBER_TAKEN",
        "Cannot publish run "
            + entry.runId()
            + ": another attempt at "
            + entry.scope().unit()
            + " of pipeline "
            + entry.scope().pipeline()
            + " has its number, "
            + entry.epoch()
            + ".",
        "run it again: it then gets a number of its own.");
  }

  static UnpublishableException tooOld(JournalEntry entry, Duration limit) {
    return unpublishable(
        "ATTEMPT_TOO_OLD",
        "Cannot publish run "
            + entry.runId()
            + ": it began at "
            + entry.startedAt()
            + ", more than "
            + limit.toDays()
            + " days ago, and unpublished files of that age may be cleaned up at any moment.",
        "run the task again.");
  }

  static UnpublishableException takenBack(JournalEntry entry, List<String> outputs) {
    return unpublishable(
        "OUTPUT_TAKEN_BACK",
        "Cannot complete run "
            + entry.runId()
            + ": somebody has restored an older version of "
            + String.join(", ", outputs)
            + " since, or changed what it had published there, or the history that would tell is"
            + " gone.",
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
