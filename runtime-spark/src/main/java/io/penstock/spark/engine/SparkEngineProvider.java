package io.penstock.spark.engine;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.publication.Steps;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;

/** Opens the engine on Spark, in the session of the process. */
public final class SparkEngineProvider implements EngineProvider {
  private final Steps steps;
  private final Clock clock;

  /** A provider of engines for everyday use. */
  public SparkEngineProvider() {
    this(Steps.IGNORED, Clock.systemUTC());
  }

  SparkEngineProvider(Steps steps, Clock clock) {
    this.steps = steps;
    this.clock = clock;
  }

  @Override
  public Engine open(EngineSettings settings) {
    return Failures.classified(
        () -> {
          SparkSession session = Sessions.open(settings);
          Configuration configuration = session.sessionState().newHadoopConf();
          LakeRoot lake = LakeRoot.of(settings.lake(), configuration);
          LakeRoot written =
              settings.scratch().map(scratch -> LakeRoot.of(scratch, configuration)).orElse(lake);
          return new SparkEngine(session, new LakeRoots(lake, written), steps, clock);
        });
  }
}
