package io.penstock.spark.engine;

import io.penstock.engine.EngineSettings;
import io.penstock.engine.ProcessSettings;
import io.penstock.engine.SecretKeys;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.files.S3ALogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Opens the one Spark session of a process, with the settings that Penstock relies on, and defaults
 * that make small jobs fast on one machine. The user's settings, given to Penstock or to
 * spark-submit, override the defaults.
 */
final class Sessions {
  private static final String MASTER = "spark.master";
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

  /** Without these a run would not keep its guarantees; nobody may change them. */
  static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.caseSensitive", "false"),
          // Else ${…} in a text is replaced by settings, system properties and the environment.
          Map.entry("spark.sql.variable.substitute", "false"),
          // Of Spark's default, INT96, pandas makes other years, and delta-rs fails on it.
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // Times in nanoseconds are refused else; as numbers each is converted, or refused.
          Map.entry("spark.sql.legacy.parquet.nanosAsLong", "true"),
          // Days and times before 1582 are counted as everybody else counts them.
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"),
          // Parquet rounds the literal for a file of milliseconds, and compares dates by another
          // calendar.
          Map.entry("spark.sql.parquet.filterPushdown.timestamp", "false"),
          Map.entry("spark.sql.parquet.filterPushdown.date", "false"),
          // The first moves a subquery below ORDER BY … LIMIT, where it becomes a join and loses
          // the order. The second fails on a subquery that refers to the rows of a union.
          Map.entry(
              "spark.sql.optimizer.excludedRules",
              "org.apache.spark.sql.catalyst.optimizer.PushProjectionThroughLimitAndOffset,"
                  + "org.apache.spark.sql.catalyst.optimizer.PushProjectionThroughUnion"),
          // Delta would skip partitions by comparing prefixes of strings instead of the strings.
          Map.entry(
              "spark.databricks.delta.generatedColumn.partitionFilterOptimization.enabled",
              "false"),
          Map.entry(LocalLogStore.SETTING, LocalLogStore.class.getName()));

  /** Spark puts these before the user's JVM options for executors. */
  private static final String EXECUTOR_OPTIONS = "spark.executor.defaultJavaOptions";

  /** Users' code and Spark take these from the JVM that they run in. */
  private static final String SAME_DEFAULTS =
      "-Duser.language=en -Duser.country=US -Duser.timezone=UTC -Dfile.encoding=UTF-8";

  private static final String LONGEST_LINE =
      "spark.hadoop.mapreduce.input.linerecordreader.line.maxlength";

  private static final String REDACTED = "spark.redaction.regex";

  /** Defaults for a task on one machine; clusters keep Spark's own. */
  private static final Map<String, String> ON_ONE_MACHINE =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "4",
          // Nothing is kept there, but Spark creates the directory where it doesn't exist.
          "spark.sql.warehouse.dir",
              Path.of(System.getProperty("java.io.tmpdir")).toUri().toString(),
          "spark.databricks.delta.snapshotPartitions", "1",
          // The sessions of one task share their jars. Isolated ones would each ask a server for
          // every class that their tasks load.
          "spark.sql.artifact.isolation.enabled", "false",
          // An executor exits on a fatal error, such as a task's lack of memory. In local mode that
          // is the whole program, which has to report how its task ended.
          "spark.executor.killOnFatalError.depth", "0");

  private Sessions() {}

  static synchronized SparkSession open(EngineSettings settings) {
    requireSuitedLocale();
    requireUser();
    LogSettings.apply(settings.logs());
    LogStoreSettings.checkAsked(settings.configuration());
    AllowedSettings.require(withSubmitted(settings.configuration()));
    Map<String, String> options = options(settings);
    LogStoreSettings.check(withSubmitted(options));
    org.apache.spark.sql.SparkSession.Builder builder =
        org.apache.spark.sql.SparkSession.builder().appName("penstock");
    master(settings).ifPresent(builder::master);
    options.forEach(builder::config);
    SparkSession session = (SparkSession) builder.getOrCreate();
    // An embedding program may have had a session already, with settings of its own.
    AllowedSettings.require(session);
    return session;
  }

  /** Hadoop needs the user's name; its message without one looks like that of a storage fault. */
  private static void requireUser() {
    try {
      UserGroupInformation.getCurrentUser();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Invalid UID")) {
        throw EngineErrors.unknownUser(e);
      }
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Refuses a locale in which names of files and rows would differ from other machines'. */
  static void requireSuitedLocale() {
    ProcessSettings.unsuitedLocale()
        .ifPresent(
            locale -> {
              throw EngineErrors.unsuitedLocale(locale);
            });
  }

  /** The settings beyond those that spark-submit passes as system properties. */
  static Map<String, String> options(EngineSettings settings) {
    Map<String, String> options = new TreeMap<>();
    if (isLocal(settings)) {
      options.putAll(ON_ONE_MACHINE);
    }
    options.put(REDACTED, SecretKeys.PATTERN);
    // A default: whoever shares tables with writers that use DynamoDB has to use it, too.
    options.put(S3ALogStore.SETTING, S3ALogStore.class.getName());
    // Where the pages of a data file have checksums, a changed byte is found by them.
    options.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    options.keySet().removeIf(key -> System.getProperty(key) != null);
    options.putAll(settings.configuration());
    if (!isLocal(settings)) {
      options.put(
          EXECUTOR_OPTIONS, (SAME_DEFAULTS + " " + asked(EXECUTOR_OPTIONS, settings)).strip());
    }
    options.putAll(REQUIRED);
    // Hadoop's configuration files may set a limit, and longer lines would be left out silently.
    options.put(LONGEST_LINE, String.valueOf(Integer.MAX_VALUE));
    options.put(
        EXTENSIONS,
        withDelta(options.getOrDefault(EXTENSIONS, System.getProperty(EXTENSIONS, ""))));
    return options;
  }

  /** Options over the system properties, as which spark-submit passes its settings. */
  static Map<String, String> withSubmitted(Map<String, String> options) {
    Map<String, String> settings = new TreeMap<>();
    Properties submitted = System.getProperties();
    submitted.stringPropertyNames().forEach(key -> settings.put(key, submitted.getProperty(key)));
    settings.putAll(options);
    return settings;
  }

  private static boolean isLocal(EngineSettings settings) {
    return master(settings).orElseGet(() -> System.getProperty(MASTER)).startsWith("local");
  }

  private static String asked(String key, EngineSettings settings) {
    return settings.configuration().getOrDefault(key, System.getProperty(key, ""));
  }

  /** The extensions asked for, and Delta's. */
  private static String withDelta(String given) {
    Set<String> extensions = new LinkedHashSet<>();
    for (String name : given.split(",", -1)) {
      if (!name.isBlank()) {
        extensions.add(name.strip());
      }
    }
    extensions.add(DELTA);
    return String.join(",", extensions);
  }

  /**
   * The master asked for; empty for spark-submit's, which it passes as a system property; otherwise
   * this machine.
   */
  private static Optional<String> master(EngineSettings settings) {
    Optional<String> local =
        System.getProperty(MASTER) == null ? Optional.of("local[*]") : Optional.empty();
    return settings.master().or(() -> local);
  }
}
