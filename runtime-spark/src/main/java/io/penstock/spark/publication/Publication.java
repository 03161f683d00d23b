package io.penstock.spark.publication;

import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import java.util.List;

/** The written outputs of an attempt on their way to being visible, and how far they have come. */
public final class Publication {
  private final JournalEntry entry;
  private final List<SinkPublication> sinks;
  private final Runnable age;
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
   * @param age refuses what is too old to be published by throwing
   */
  Publication(
      JournalEntry entry, List<SinkPublication> sinks, Runnable age, Journal journal, Steps steps) {
    this.entry = entry;
    this.sinks = List.copyOf(sinks);
    this.age = age;
    this.journal = journal;
    this.steps = steps;
  }

  /**
   * Enters everything in the journal and publishes it in declared order; what comes after a failure
   * is not published.
   *
   * @param gate asked before each try until one output is published: from then on all are to be.
   *     With it all outputs are asked whether something speaks against them
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
        // Out of memory behind the commit looks the same as before it.
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
      // Asked here and not only at the beginning: a process may have stood still since.
      age.run();
      if (published == 0) {
        gate.requireOpen();
        // The sink asks this of itself.
        sinks.stream().filter(other -> other != sink).forEach(SinkPublication::requireUnopposed);
      }
    } catch (Exception e) {
      // Exception, since Scala code throws checked ones without saying so.
      refusal = e;
      throw e;
    }
  }

  /** How much of it became visible. */
  public Published extent() {
    if (unknown) {
      return Published.UNKNOWN;
    }
    if (published == 0) {
      return Published.NONE;
    }
    return published == sinks.size() ? Published.ALL : Published.PARTIAL;
  }

  /**
   * Whether nothing became visible, and nothing ever will: then what was written can be removed.
   */
  public boolean isUntouched() {
    return published == 0 && !unknown;
  }

  /** Clears the journal of an attempt of which nothing became visible, nor ever will. */
  public void forget() {
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
   * Clears the journal of an attempt whose outcome is recorded, and of those that it overtook. What
   * has still to be completed stays.
   */
  public void settle() {
    if (isUntouched()) {
      forget();
    } else if (ended) {
      journal.remove(entry);
      journal.removeBefore(entry);
    }
    steps.reached(Step.SETTLED, entry.runId());
  }
}
