package io.penstock.spark.publication;

import io.penstock.engine.Cleaning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The publications of a lake: new ones, and those that an attempt began and didn't end. */
public final class Publications {
  /**
   * An attempt that has taken longer publishes nothing any more, so that who cleans up a day later
   * never meets one that still does.
   */
  public static final Duration LONGEST_ATTEMPT = Cleaning.LEAST_AGE.minus(Duration.ofDays(1));

  private final PublicationHandlers handlers;
  private final Journal journal;
  private final Steps steps;
  private final Clock clock;

  public Publications(PublicationHandlers handlers, Journal journal, Steps steps, Clock clock) {
    this.handlers = handlers;
    this.journal = journal;
    this.steps = steps;
    this.clock = clock;
  }

  /** Who is told of the steps of attempts. */
  public Steps steps() {
    return steps;
  }

  /** The time, for telling the age of what was written; it selects no data. */
  public Instant now() {
    return clock.instant();
  }

  /** A publication of what an attempt has written. */
  public Publication of(JournalEntry entry) {
    return new Publication(entry, sinks(entry), () -> requireFresh(entry), journal, steps);
  }

  /** The publications of all pipelines that were begun and haven't ended. */
  public List<UnfinishedPublication> unfinished() {
    return journal.entries().stream().map(this::unfinished).toList();
  }

  /** The publications of one scope that were begun and haven't ended. */
  public List<UnfinishedPublication> unfinished(FencingScope scope) {
    return journal.entries(scope).stream().map(this::unfinished).toList();
  }

  /** What stands in the journal and can't be read. */
  public List<UnreadableEntry> unreadable() {
    return journal.unreadable();
  }

  /** What stands in the journal for one scope and can't be read. */
  public List<UnreadableEntry> unreadable(FencingScope scope) {
    return journal.unreadable(scope);
  }

  private UnfinishedPublication unfinished(JournalEntry entry) {
    return new UnfinishedPublication(entry, this, journal, steps);
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
