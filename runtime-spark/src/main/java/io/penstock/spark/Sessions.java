package io.penstock.spark;

import io.penstock.engine.EngineSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;

/**
 * The one Spark session of a process, with what Penstock relies on, and what makes small jobs fast
 * on one machine.
 */
final class Sessions {
  /** Without these, what is published is not what was promised; nobody may change them. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.ansi.enabled", "true",
          "spark.sql.caseSensitive", "false");

  /** What suits a task on one machine; settings of the user win. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "4",
          "spark.databricks.delta.snapshotPartitions", "1",
          "spark.sql.adaptive.enabled", "true");

  private Sessions() {}

  static synchronized SparkSession open(EngineSettings settings) {
    LogSettings.apply(settings.logs());
    Map<String, String> options = new TreeMap<>(DEFAULTS);
    options.putAll(settings.configuration());
    options.putAll(REQUIRED);
    org.apache.spark.sql.SparkSession.Builder builder =
        org.apache.spark.sql.SparkSession.builder().appName("penstock");
    master(settings).ifPresent(builder::master);
    options.forEach(builder::config);
    return (SparkSession) builder.getOrCreate();
  }

  /**
   * The master asked for; spark-submit's own, which it hands in as a system property; or this
   * machine.
   */
  private static Optional<String> master(EngineSettings settings) {
    Optional<String> local =
        System.getProperty("spark.master") == null ? Optional.of("local[*]") : Optional.empty();
    return settings.master().or(() -> local);
  }
}
