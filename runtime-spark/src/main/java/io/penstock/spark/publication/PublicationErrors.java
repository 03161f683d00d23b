package io.penstock.spark.publication;

import io.penstock.spark.publication.UnpublishableAttemptException.Reason;
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

  static UnpublishableAttemptException numberTaken(JournalEntry entry) {
    return new UnpublishableAttemptException(
        Reason.ATTEMPT_NUMBER_TAKEN,
        "Cannot publish run "
            + entry.runId()
            + ": another attempt at "
            + entry.line()
            + " has its number, "
            + entry.epoch()
            + ". Run it again: it then gets a number of its own.");
  }

  static UnpublishableAttemptException tooOld(JournalEntry entry, Duration limit) {
    return new UnpublishableAttemptException(
        Reason.ATTEMPT_TOO_OLD,
        "Cannot publish run "
            + entry.runId()
            + ": it began at "
            + entry.startedAt()
            + ", more than "
            + limit.toDays()
            + " days ago, and unpublished files of that age may be cleaned up at any moment. Run"
            + " the task again.");
  }

  static UnpublishableAttemptException takenBack(JournalEntry entry, List<String> outputs) {
    return new UnpublishableAttemptException(
        Reason.OUTPUT_TAKEN_BACK,
        "Cannot complete run "
            + entry.runId()
            + ": somebody has restored an older version of "
            + String.join(", ", outputs)
            + " since, or changed what it had published there, or the history that would tell is"
            + " gone. Run the task again.");
  }
}
