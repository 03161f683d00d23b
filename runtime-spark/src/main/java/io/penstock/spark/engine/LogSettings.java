package io.penstock.spark.engine;

import io.penstock.engine.EngineSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Configures what Spark logs, unless the user names a configuration by Log4j's own system
 * properties.
 */
final class LogSettings {
  private LogSettings() {}

  static void apply(EngineSettings.Logs logs) {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    // Spark sets its own configuration when it first logs, and again after spark-submit: before
    // ours.
    new SparkConf(false).initializeLogIfNecessary(false, true);
    // Log4j keeps a configuration for each class loader, and spark-submit gives us one of our own.
    LoggerContext ofSpark =
        (LoggerContext) LogManager.getContext(SparkContext.class.getClassLoader(), false);
    ofSpark.setConfigLocation(
        switch (logs) {
          case QUIET -> resource("log4j2-quiet.properties");
          case VERBOSE -> resource("log4j2-verbose.properties");
        });
  }

  private static URI resource(String name) {
    URL url = LogSettings.class.getResource(name);
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find '" + name + "' on the class path", e);
    }
  }
}
