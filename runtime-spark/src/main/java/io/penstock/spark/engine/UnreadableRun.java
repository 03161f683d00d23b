package io.penstock.spark.engine;

import io.penstock.engine.PublishGate;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.publication.UnreadableEntry;
import io.penstock.spec.Interval;
import java.util.Optional;

/** A run of which nothing is known but that there was one. */
final class UnreadableRun implements UnfinishedRun {
  private final UnreadableEntry entry;

  UnreadableRun(UnreadableEntry entry) {
    this.entry = entry;
  }

  @Override
  public String pipeline() {
    return entry.scope().pipeline();
  }

  /** The name of its account, in place of its own. */
  @Override
  public String runId() {
    return entry.file().getName();
  }

  @Override
  public Optional<Interval> unit() {
    return Optional.empty();
  }

  @Override
  public Completion complete(PublishGate gate) {
    throw EngineErrors.unreadableRun(entry);
  }

  @Override
  public void settle() {
    // It stays until its task has run again.
  }
}
