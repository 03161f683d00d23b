package io.penstock.spark.publication;

import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.publication.SinkPublication.Standing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * A publication that is in the journal: its attempt is at it in this moment, or is gone.
 *
 * <p>Nothing is ever undone. An attempt of which something is visible is completed, everything
 * being looked at again as if it were the first time; one that can't be is given up, and its task
 * is to be run again. To complete one that is still alive does no harm: each output takes effect
 * once.
 */
public final class UnfinishedPublication {
  private final JournalEntry entry;
  private final Publications publications;
  private final Journal journal;
  private final Steps steps;

  UnfinishedPublication(
      JournalEntry entry, Publications publications, Journal journal, Steps steps) {
    this.entry = entry;
    this.publications = publications;
    this.journal = journal;
    this.steps = steps;
  }

  /** What became of a publication. */
  public enum Ending {
    /** All of it is visible. */
    COMPLETED,
    /** Nothing of it is visible, so there is nothing to complete; its attempt may be alive. */
    NOT_BEGUN,
    /** A later attempt has published: its rows stand. */
    OVERTAKEN,
    /** The tables or files have changed, so that it can't be completed. */
    GIVEN_UP
  }

  /**
   * What became of a publication, and what is known of its outputs.
   *
   * @param obstacle why it can't be completed; only when it is given up
   */
  public record Completion(
      Ending ending, List<RunReport.Output> outputs, Optional<Exception> obstacle) {
    public Completion {
      outputs = List.copyOf(outputs);
    }
  }

  /** The attempt's own account. */
  public JournalEntry entry() {
    return entry;
  }

  /** Where that account lies. */
  public Path file() {
    return journal.file(entry);
  }

  /** Whether nothing of it is visible, nor anything of a later attempt. */
  public boolean isInvisible() {
    return publications.sinks(entry).stream().allMatch(sink -> sink.standing() == Standing.WAITING);
  }

  /**
   * Makes visible what is not yet.
   *
   * @param gate passed before anything is made visible: from then on all is to be
   * @throws RuntimeException of the tables and exports, when their store fails: it can be tried
   *     again
   */
  public Completion complete(PublishGate gate) {
    List<SinkPublication> sinks = publications.sinks(entry);
    try {
      List<Standing> standings = sinks.stream().map(SinkPublication::standing).toList();
      if (standings.contains(Standing.OVERTAKEN)) {
        return overtaken(sinks);
      }
      if (standings.stream().allMatch(Standing.WAITING::equals)) {
        return ended(Ending.NOT_BEGUN);
      }
      if (standings.contains(Standing.WAITING) && standings.contains(Standing.TAKEN_BACK)) {
        throw PublicationErrors.takenBack(entry, takenBack(sinks, standings));
      }
      // What is visible already may be looked after for ever.
      Runnable age =
          standings.contains(Standing.WAITING) ? () -> publications.requireFresh(entry) : () -> {};
      for (int i = 0; i < sinks.size(); i++) {
        if (standings.get(i) == Standing.WAITING) {
          sinks.get(i).requireUnopposed();
          sinks.get(i).requirePublishable();
          sinks.get(i).requireUntouched();
        }
      }
      gate.publish(() -> publish(sinks, age));
      return new Completion(
          Ending.COMPLETED, sinks.stream().map(SinkPublication::output).toList(), Optional.empty());
    } catch (OvertakenException e) {
      return overtaken(sinks);
    } catch (UnpublishableException e) {
      return new Completion(Ending.GIVEN_UP, written(), Optional.of(e));
    }
  }

  private void publish(List<SinkPublication> sinks, Runnable age) {
    for (SinkPublication sink : sinks) {
      // Of what is published already nothing is tried.
      Runnable untouched =
          () -> {
            age.run();
            sink.requireUntouched();
          };
      sink.publish(untouched, steps);
      steps.reached(Step.PUBLISHED, sink.output().name());
    }
  }

  /**
   * Clears the journal of it, once what became of it is recorded. One that has not begun stays: its
   * attempt may be about to publish.
   */
  public void settle(Completion completion) {
    if (completion.ending() != Ending.NOT_BEGUN) {
      journal.remove(entry);
    }
    if (completion.ending() == Ending.COMPLETED) {
      journal.removeBefore(entry);
    }
    steps.reached(Step.SETTLED, entry.runId());
  }

  private static List<String> takenBack(List<SinkPublication> sinks, List<Standing> standings) {
    return IntStream.range(0, sinks.size())
        .filter(i -> standings.get(i) == Standing.TAKEN_BACK)
        .mapToObj(i -> sinks.get(i).output().name())
        .toList();
  }

  private Completion overtaken(List<SinkPublication> sinks) {
    sinks.forEach(SinkPublication::repair);
    return ended(Ending.OVERTAKEN);
  }

  private Completion ended(Ending ending) {
    return new Completion(ending, written(), Optional.empty());
  }

  private List<RunReport.Output> written() {
    return entry.sinks().stream().map(sink -> sink.output().report(OptionalLong.empty())).toList();
  }
}
