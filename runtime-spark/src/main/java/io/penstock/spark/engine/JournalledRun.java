package io.penstock.spark.engine;

import io.penstock.engine.Failure;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.publication.UnfinishedPublication;
import io.penstock.spec.Interval;
import java.util.Optional;

/** A run of which the lake's journal tells. */
final class JournalledRun implements UnfinishedRun {
  private final UnfinishedPublication publication;
  private Optional<UnfinishedPublication.Completion> completed = Optional.empty();

  JournalledRun(UnfinishedPublication publication) {
    this.publication = publication;
  }

  @Override
  public String pipeline() {
    return publication.entry().scope().pipeline();
  }

  @Override
  public String runId() {
    return publication.entry().runId();
  }

  @Override
  public Optional<Interval> unit() {
    return publication.entry().interval();
  }

  @Override
  public Completion complete(PublishGate gate) {
    UnfinishedPublication.Completion completion =
        Failures.classified(() -> publication.complete(gate));
    completed = Optional.of(completion);
    Optional<Failure> failure = completion.obstacle().map(Failures::of);
    return switch (completion.ending()) {
      case COMPLETED ->
          new Completion(Ending.COMPLETED, report(Published.ALL, completion, failure));
      case NOT_BEGUN ->
          new Completion(Ending.NOT_BEGUN, report(Published.NONE, completion, failure));
      case OVERTAKEN ->
          new Completion(Ending.OVERTAKEN, report(Published.UNKNOWN, completion, failure));
      case GIVEN_UP ->
          new Completion(Ending.GIVEN_UP, report(Published.PARTIAL, completion, failure));
    };
  }

  @Override
  public void settle() {
    completed.ifPresent(
        completion ->
            Failures.classified(
                () -> {
                  publication.settle(completion);
                  return completion;
                }));
  }

  private RunReport report(
      Published published, UnfinishedPublication.Completion completion, Optional<Failure> failure) {
    return new RunReport(
        published,
        publication.entry().inputs(),
        completion.outputs(),
        publication.entry().checks(),
        publication.entry().doubts(),
        failure);
  }
}
