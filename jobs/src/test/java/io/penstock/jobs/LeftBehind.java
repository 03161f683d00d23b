package io.penstock.jobs;

import io.penstock.engine.PublishGate;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A run that died over its publication, of which it was found out what becomes of it.
 *
 * @param settled where its id goes once it is forgotten
 */
public record LeftBehind(
    String pipeline,
    String runId,
    Optional<Interval> unit,
    Supplier<Completion> completion,
    List<String> settled)
    implements UnfinishedRun {
  @Override
  public Completion complete(PublishGate gate) {
    AtomicReference<Completion> found = new AtomicReference<>();
    gate.publish(() -> found.set(completion.get()));
    return found.get();
  }

  @Override
  public void settle() {
    settled.add(runId);
  }
}
