package io.penstock.spark.publication;

import io.penstock.engine.PublishGate;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spec.Interval;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * An entry of the journal that can't be read: it is damaged, or of another release. All that is
 * known of its run is the scope.
 */
public record UnreadableEntry(FencingScope scope, Path file, Exception why)
    implements UnfinishedRun {
  @Override
  public String pipeline() {
    return scope.pipeline();
  }

  /** The name of its journal entry, since the run's id stands in what can't be read. */
  @Override
  public String runId() {
    return file.getName();
  }

  @Override
  public Optional<Interval> unit() {
    return Optional.empty();
  }

  @Override
  public Completion complete(PublishGate gate) {
    throw PublicationErrors.unreadableRun(this);
  }

  @Override
  public void settle() {
    // It stays until its task has run again.
  }
}
