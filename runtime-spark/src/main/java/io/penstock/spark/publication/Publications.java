package io.penstock.spark.publication;

import io.penstock.engine.Cleaning;
import io.penstock.engine.UnfinishedRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The publications of a lake: new ones, and those that an attempt began and didn't end.
 *
 * @param steps told of the steps of attempts
 * @param clock tells the age of what was written; it selects no data
 */
public record Publications(
    PublicationHandlers handlers, Journal journal, Steps steps, Clock clock) {
  /**
   * An attempt that has taken longer than this publishes nothing any more, so that a cleanup a day
   * later never removes the files of one that still does.
   */
  public static final Duration LONGEST_ATTEMPT = Cleaning.LEAST_AGE.minus(Duration.ofDays(1));

  /** The time, for telling the age of what was written; it selects no data. */
  public Instant now() {
    return clock.instant();
  }

  /** A publication of what an attempt has written. */
  public Publication of(JournalEntry entry) {
    return new Publication(entry, sinks(entry), () -> requireFresh(entry), journal, steps);
  }

  /**
   * The publications of all pipelines that were begun and haven't ended: as {@link
   * UnfinishedPublication}s, and last, as {@link UnreadableEntry}s, those whose entries can't be
   * read.
   */
  public List<UnfinishedRun> unfinished() {
    return unfinished(journal.read());
  }

  /** The same of one scope. */
  public List<UnfinishedRun> unfinished(FencingScope scope) {
    return unfinished(journal.read(scope));
  }

  private List<UnfinishedRun> unfinished(Journal.Contents contents) {
    Stream<UnfinishedRun> readable =
        contents.entries().stream().map(entry -> new UnfinishedPublication(entry, this, journal));
    return Stream.concat(readable, contents.unreadable().stream()).toList();
  }

  void requireFresh(JournalEntry entry) {
    if (entry.startedAt().plus(LONGEST_ATTEMPT).isBefore(clock.instant())) {
      throw PublicationErrors.tooOld(entry, LONGEST_ATTEMPT);
    }
  }

  List<SinkPublication> sinks(JournalEntry entry) {
    return entry.sinks().stream().map(sink -> handlers.of(sink, entry)).toList();
  }
}
