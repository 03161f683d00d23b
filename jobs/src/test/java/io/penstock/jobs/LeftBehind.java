package io.penstock.jobs;

import io.penstock.engine.PublishGate;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spec.Interval;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A run that died over its publication, of which it was found out what becomes of it.
 *
 * @param forgetting what happens once its outcome is recorded
 */
public record LeftBehind(
    String pipeline,
    String runId,
    Optional<Interval> unit,
    Supplier<Completion> completion,
    Runnable forgetting)
    implements UnfinishedRun {
  @Override
  public Completion complete(PublishGate gate) {
    AtomicReference<Completion> found = new AtomicReference<>();
    gate.publish(() -> found.set(completion.get()));
    return found.get();
  }

  @Override
  public void settle() {
    forgetting.run();
  }
}
