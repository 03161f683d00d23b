package io.penstock.spark.publication;

import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import java.util.List;

/** Publishes the written outputs of an attempt, and knows how many of them are visible. */
public final class Publication {
  private final JournalEntry entry;
  private final List<SinkPublication> sinks;
  private final Runnable requireFresh;
  private final Journal journal;
  private final Steps steps;
  private int published;
  private Exception refusal;
  private boolean entered;
  private boolean unknown;
  private boolean ended;

  /**
   * A publication that has not begun.
   *
   * @param requireFresh throws when the attempt is too old to be published
   */
  Publication(
      JournalEntry entry,
      List<SinkPublication> sinks,
      Runnable requireFresh,
      Journal journal,
      Steps steps) {
    this.entry = entry;
    this.sinks = List.copyOf(sinks);
    this.requireFresh = requireFresh;
    this.journal = journal;
    this.steps = steps;
  }

  /**
   * Enters everything in the journal and publishes it in declared order; what comes after a failure
   * is not published.
   *
   * @param gate has to be open at each try until one output is published: from then on all are to
   *     be. As long as it is asked, all outputs are asked whether anything rules them out, too
   * @throws io.penstock.spark.failures.UnpublishableException when it was written too long ago, or
   *     another attempt has its number
   */
  public void publish(PublishGate gate) {
    journal.enter(entry);
    entered = true;
    steps.reached(Step.JOURNALLED, entry.runId());
    for (SinkPublication sink : sinks) {
      try {
        sink.publish(() -> requireAllowed(sink, gate), steps);
      } catch (Exception e) {
        count(sink, e);
        throw e;
      } catch (Error e) {
        // An OutOfMemoryError after the commit looks the same as one before it.
        unknown = true;
        throw e;
      }
      published++;
      steps.reached(Step.PUBLISHED, sink.output().name());
    }
    ended = true;
  }

  private void count(SinkPublication sink, Exception failure) {
    if (failure == refusal) {
      return;
    }
    switch (sink.outcomeOf(failure)) {
      case PUBLISHED -> published++;
      case UNKNOWN -> unknown = true;
      case NOT_PUBLISHED -> {
        // The count is right as it is.
      }
    }
  }

  private void requireAllowed(SinkPublication sink, PublishGate gate) {
    try {
      // Asked here and not only at the beginning: the process may have been suspended since.
      requireFresh.run();
      if (published == 0) {
        gate.requireOpen();
        // The sink asks this of itself.
        sinks.stream().filter(other -> other != sink).forEach(SinkPublication::requireUnopposed);
      }
    } catch (Exception e) {
      // Exception, since Scala code throws checked ones without declaring them.
      refusal = e;
      throw e;
    }
  }

  /** How much of it became visible; after {@code NONE}, what was written can be removed. */
  public Published extent() {
    if (unknown) {
      return Published.UNKNOWN;
    }
    if (published == 0) {
      return Published.NONE;
    }
    return published == sinks.size() ? Published.ALL : Published.PARTIAL;
  }

  /** Removes the entry of an attempt that has published nothing, nor ever will. */
  public void withdraw() {
    // What another attempt has entered under this number stays.
    if (entered) {
      journal.remove(entry);
    }
  }

  /** What was written, with the versions of what is published. */
  public List<RunReport.Output> outputs() {
    return sinks.stream().map(SinkPublication::output).toList();
  }

  /**
   * Removes the entry of an attempt whose outcome is recorded, and those of earlier attempts. What
   * has still to be completed stays.
   */
  public void settle() {
    if (extent() == Published.NONE) {
      withdraw();
    } else if (ended) {
      journal.remove(entry);
      journal.removeBefore(entry);
    }
    steps.reached(Step.SETTLED, entry.runId());
  }
}
