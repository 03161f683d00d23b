package io.penstock.spark.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.contract.EngineContract;
import io.penstock.spark.testing.SparkTestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The Spark engine keeps the contract of engines. */
@Tag("spark")
final class SparkEngineContractTest extends EngineContract {
  @Override
  protected EngineProvider provider() {
    SparkTestSession.spark();
    return new SparkEngineProvider();
  }

  @Override
  protected void makeChecksFail(Pipeline pipeline) {
    // Its rows do.
  }

  /** The group belongs to the thread, on which other tests run later. */
  @AfterEach
  void leaveTheGroup() {
    SparkTestSession.spark().sparkContext().clearJobGroup();
  }
}
