package io.penstock.jobs;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.contract.EngineContract;

/** What the tests of the command line rely on is what the Spark engine does, too. */
final class MemoryEngineContractTest extends EngineContract {
  private final MemoryEngine engine = new MemoryEngine();

  @Override
  protected EngineProvider provider() {
    return engine;
  }

  @Override
  protected void makeChecksFail(Pipeline pipeline) {
    engine.failing(pipeline.name(), Jobs.checkFailed());
  }
}
