package io.penstock.spark.engine;

import io.penstock.engine.EngineProvider;
import io.penstock.spark.publication.Steps;
import java.time.Clock;

/** Engines whose runs tell somebody of their steps, or that go by another clock. */
public final class ListeningEngines {
  private ListeningEngines() {}

  public static EngineProvider tell(Steps steps) {
    return new SparkEngineProvider(steps, Clock.systemUTC());
  }

  public static EngineProvider tell(Steps steps, Clock clock) {
    return new SparkEngineProvider(steps, clock);
  }

  public static EngineProvider goBy(Clock clock) {
    return new SparkEngineProvider(Steps.IGNORED, clock);
  }
}
