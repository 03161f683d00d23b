package io.penstock.spark.publication;

import static java.util.stream.Collectors.groupingBy;

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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/**
 * A publication that is in the journal: its attempt is still publishing, or has died.
 *
 * <p>Nothing is ever undone. An attempt that has published some of its outputs is completed, after
 * the same checks as before a first publication; one that can't be completed is given up, and its
 * task has to be run again. Completing an attempt that is still alive does no harm: publishing an
 * output is idempotent.
 */
public final class UnfinishedPublication implements UnfinishedRun {
  private final JournalEntry entry;
  private final Publications publications;
  private final Journal journal;
  private Optional<Ending> ended = Optional.empty();

  UnfinishedPublication(JournalEntry entry, Publications publications, Journal journal) {
    this.entry = entry;
    this.publications = publications;
    this.journal = journal;
  }

  /** What the attempt entered in the journal. */
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

  /** Where the entry lies. */
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
      Map<Standing, List<SinkPublication>> byStanding =
          sinks.stream().collect(groupingBy(SinkPublication::standing));
      if (byStanding.containsKey(Standing.OVERTAKEN)) {
        return overtaken(sinks);
      }
      List<SinkPublication> waiting = byStanding.getOrDefault(Standing.WAITING, List.of());
      if (waiting.size() == sinks.size()) {
        return notCompleted(Ending.NOT_BEGUN, Published.NONE, Optional.empty());
      }
      if (!waiting.isEmpty()) {
        requireNone(byStanding.getOrDefault(Standing.TAKEN_BACK, List.of()));
      }
      // An attempt all of whose outputs are visible already may be completed at any age.
      Runnable requireFresh = waiting.isEmpty() ? () -> {} : () -> publications.requireFresh(entry);
      for (SinkPublication sink : waiting) {
        sink.requireUnopposed();
        sink.requirePublishable();
        sink.requireUntouched();
      }
      gate.publish(() -> publish(sinks, requireFresh));
      return new Completion(
          Ending.COMPLETED,
          report(
              Published.ALL,
              sinks.stream().map(SinkPublication::output).toList(),
              Optional.empty()));
    } catch (OvertakenException e) {
      return overtaken(sinks);
    } catch (UnpublishableException e) {
      return notCompleted(Ending.GIVEN_UP, Published.PARTIAL, Optional.of(Failures.of(e)));
    }
  }

  private void publish(List<SinkPublication> sinks, Runnable requireFresh) {
    for (SinkPublication sink : sinks) {
      // A sink that is published already never asks its gate.
      Runnable gate =
          () -> {
            requireFresh.run();
            sink.requireUntouched();
          };
      sink.publish(gate, publications.steps());
      publications.steps().reached(Step.PUBLISHED, sink.output().name());
    }
  }

  /** One that has not begun stays in the journal: its attempt may be about to publish. */
  @Override
  public void settle() {
    ended.ifPresent(ending -> Failures.classified(() -> settled(ending)));
  }

  private Ending settled(Ending ending) {
    if (ending != Ending.NOT_BEGUN) {
      journal.remove(entry);
    }
    if (ending == Ending.COMPLETED) {
      journal.removeBefore(entry);
    }
    publications.steps().reached(Step.SETTLED, entry.runId());
    return ending;
  }

  private void requireNone(List<SinkPublication> takenBack) {
    if (!takenBack.isEmpty()) {
      throw PublicationErrors.takenBack(
          entry, takenBack.stream().map(sink -> sink.output().name()).toList());
    }
  }

  private Completion overtaken(List<SinkPublication> sinks) {
    sinks.forEach(SinkPublication::repair);
    return notCompleted(Ending.OVERTAKEN, Published.UNKNOWN, Optional.empty());
  }

  private Completion notCompleted(Ending ending, Published extent, Optional<Failure> failure) {
    List<RunReport.Output> outputs =
        entry.sinks().stream().map(sink -> sink.output().report(OptionalLong.empty())).toList();
    return new Completion(ending, report(extent, outputs, failure));
  }

  private RunReport report(
      Published extent, List<RunReport.Output> outputs, Optional<Failure> failure) {
    return new RunReport(extent, entry.inputs(), outputs, entry.checks(), entry.doubts(), failure);
  }
}
