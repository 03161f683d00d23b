package io.penstock.spark.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.hadoop.fs.Path;

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

  static IllegalStateException numberTaken(JournalEntry entry) {
    return new IllegalStateException(
        "Cannot publish run "
            + entry.runId()
            + ": another attempt at "
            + entry.line()
            + " has its number, "
            + entry.epoch()
            + ". Run it again: it then gets a number of its own.");
  }

  static UncheckedIOException unreadable(Path file, IOException cause) {
    return new UncheckedIOException(
        "Cannot read "
            + file
            + ": "
            + cause.getMessage()
            + ". If it isn't a journal entry that this release writes, use the release that wrote"
            + " it; else run the task again and remove the file.",
        cause);
  }

  static StaleAttemptException tooOld(JournalEntry entry, Duration limit) {
    return new StaleAttemptException(
        "Cannot publish run "
            + entry.runId()
            + ": it began at "
            + entry.startedAt()
            + ", more than "
            + limit.toDays()
            + " days ago, and unpublished files of that age may be cleaned up at any moment. Run"
            + " the task again.");
  }
}
