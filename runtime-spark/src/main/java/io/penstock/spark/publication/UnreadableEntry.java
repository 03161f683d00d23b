package io.penstock.spark.publication;

import io.penstock.engine.PublishGate;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spec.Interval;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * An entry of the journal that can't be read: it is damaged, or of another release. Of its run
 * nothing is known but that there was one.
 *
 * @param scope the attempts among which its own stands
 */
public record UnreadableEntry(FencingScope scope, Path file, Exception why)
    implements UnfinishedRun {
  @Override
  public String pipeline() {
    return scope.pipeline();
  }

  /** The name of its account, in place of its own. */
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
