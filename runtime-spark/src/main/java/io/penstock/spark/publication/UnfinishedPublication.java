package io.penstock.spark.publication;

import io.penstock.engine.Failure;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.publication.SinkPublication.Standing;
import io.penstock.spec.Interval;
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
public final class UnfinishedPublication implements UnfinishedRun {
  private final JournalEntry entry;
  private final Publications publications;
  private final Journal journal;
  private final Steps steps;
  private Optional<Ending> ended = Optional.empty();

  UnfinishedPublication(
      JournalEntry entry, Publications publications, Journal journal, Steps steps) {
    this.entry = entry;
    this.publications = publications;
    this.journal = journal;
    this.steps = steps;
  }

  /** The attempt's own account. */
  public JournalEntry entry() {
    return entry;
  }

  @Override
  public String pipeline() {
    return entry.scope().pipeline();
  }

  @Override
  public String runId() {
    return entry.runId();
  }

  @Override
  public Optional<Interval> unit() {
    return entry.interval();
  }

  /** Where that account lies. */
  public Path file() {
    return journal.file(entry);
  }

  /** Whether nothing of it is visible, nor anything of a later attempt. */
  public boolean isInvisible() {
    return publications.sinks(entry).stream().allMatch(sink -> sink.standing() == Standing.WAITING);
  }

  @Override
  public Completion complete(PublishGate gate) {
    Completion completion = Failures.classified(() -> completed(gate));
    ended = Optional.of(completion.ending());
    return completion;
  }

  private Completion completed(PublishGate gate) {
    List<SinkPublication> sinks = publications.sinks(entry);
    try {
      List<Standing> standings = sinks.stream().map(SinkPublication::standing).toList();
      if (standings.contains(Standing.OVERTAKEN)) {
        return overtaken(sinks);
      }
      if (standings.stream().allMatch(Standing.WAITING::equals)) {
        return written(Ending.NOT_BEGUN, Published.NONE, Optional.empty());
      }
      requireNotTakenBack(sinks, standings);
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
          Ending.COMPLETED,
          report(
              Published.ALL,
              sinks.stream().map(SinkPublication::output).toList(),
              Optional.empty()));
    } catch (OvertakenException e) {
      return overtaken(sinks);
    } catch (UnpublishableException e) {
      return written(Ending.GIVEN_UP, Published.PARTIAL, Optional.of(Failures.of(e)));
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

  /** One that has not begun stays in the journal: its attempt may be about to publish. */
  @Override
  public void settle() {
    ended.ifPresent(ending -> Failures.classified(() -> cleared(ending)));
  }

  private Ending cleared(Ending ending) {
    if (ending != Ending.NOT_BEGUN) {
      journal.remove(entry);
    }
    if (ending == Ending.COMPLETED) {
      journal.removeBefore(entry);
    }
    steps.reached(Step.SETTLED, entry.runId());
    return ending;
  }

  private void requireNotTakenBack(List<SinkPublication> sinks, List<Standing> standings) {
    List<String> takenBack =
        IntStream.range(0, sinks.size())
            .filter(i -> standings.get(i) == Standing.TAKEN_BACK)
            .mapToObj(i -> sinks.get(i).output().name())
            .toList();
    if (standings.contains(Standing.WAITING) && !takenBack.isEmpty()) {
      throw PublicationErrors.takenBack(entry, takenBack);
    }
  }

  private Completion overtaken(List<SinkPublication> sinks) {
    sinks.forEach(SinkPublication::repair);
    return written(Ending.OVERTAKEN, Published.UNKNOWN, Optional.empty());
  }

  private Completion written(Ending ending, Published extent, Optional<Failure> failure) {
    List<RunReport.Output> outputs =
        entry.sinks().stream().map(sink -> sink.output().report(OptionalLong.empty())).toList();
    return new Completion(ending, report(extent, outputs, failure));
  }

  private RunReport report(
      Published extent, List<RunReport.Output> outputs, Optional<Failure> failure) {
    return new RunReport(extent, entry.inputs(), outputs, entry.checks(), entry.doubts(), failure);
  }
}
