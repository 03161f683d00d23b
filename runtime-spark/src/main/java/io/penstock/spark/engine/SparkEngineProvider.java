package io.penstock.spark.engine;

import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.run.Failures;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;

/** Opens the engine on Spark, in the session of the process. */
public final class SparkEngineProvider implements EngineProvider {
  @Override
  public Engine open(EngineSettings settings) {
    return Failures.classified(
        () -> {
          SparkSession session = Sessions.open(settings);
          Configuration configuration = session.sessionState().newHadoopConf();
          LakeRoot lake = LakeRoot.of(settings.lake(), configuration);
          LakeRoot written =
              settings.scratch().map(scratch -> LakeRoot.of(scratch, configuration)).orElse(lake);
          return new SparkEngine(session, new LakeRoots(lake, written));
        });
  }
}
