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
 * The one Spark session of a process, with what Penstock relies on, and what makes small jobs fast
 * on one machine. What the user says wins over that, be it to Penstock or to spark-submit.
 */
final class Sessions {
  private static final String MASTER = "spark.master";
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

  /** Without these, what is published is not what was promised; nobody may change them. */
  static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.caseSensitive", "false"),
          // Else ${…} in a text is replaced by settings, system properties and the environment.
          Map.entry("spark.sql.variable.substitute", "false"),
          // Parquet rounds the literal for a file of milliseconds, and compares dates by another
          // calendar.
          Map.entry("spark.sql.parquet.filterPushdown.timestamp", "false"),
          Map.entry("spark.sql.parquet.filterPushdown.date", "false"),
          // It puts a subquery below ORDER BY … LIMIT, where it becomes a join, and the order goes.
          Map.entry(
              "spark.sql.optimizer.excludedRules",
              "org.apache.spark.sql.catalyst.optimizer.PushProjectionThroughLimitAndOffset"),
          // Delta leaves partitions out by comparing what texts were cut to, not the texts.
          Map.entry(
              "spark.databricks.delta.generatedColumn.partitionFilterOptimization.enabled",
              "false"),
          Map.entry(LocalLogStore.SETTING, LocalLogStore.class.getName()));

  /** What Spark puts before the JVM flags that the user has for executors. */
  private static final String EXECUTOR_OPTIONS = "spark.executor.defaultJavaOptions";

  /** Code of the user, and Spark, ask the JVM that they are in. */
  private static final String SAME_DEFAULTS =
      "-Duser.language=en -Duser.country=US -Duser.timezone=UTC -Dfile.encoding=UTF-8";

  private static final String LONGEST_LINE =
      "spark.hadoop.mapreduce.input.linerecordreader.line.maxlength";

  private static final String REDACTED = "spark.redaction.regex";

  /** What suits a task on one machine; clusters keep Spark's own defaults. */
  private static final Map<String, String> ON_ONE_MACHINE =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "4",
          // Nothing is kept there, but Spark makes the directory: one that is there leaves no
          // trace.
          "spark.sql.warehouse.dir",
              Path.of(System.getProperty("java.io.tmpdir")).toUri().toString(),
          "spark.databricks.delta.snapshotPartitions", "1",
          // The sessions of one task share their jars. Isolated ones would each ask a server for
          // every class that their tasks load.
          "spark.sql.artifact.isolation.enabled", "false",
          // An executor ends its process over an error that it can't mend, such as a lack of memory
          // in a task. Here that is the whole program, which has to tell how its task ended.
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
    // It is the one of the program around this, where that has one.
    AllowedSettings.require(session);
    return session;
  }

  /** Hadoop needs a name for whoever runs this, and says so in words that look like a disk's. */
  private static void requireUser() {
    try {
      UserGroupInformation.getCurrentUser();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Invalid UID")) {
        throw EngineErrors.nobody(e);
      }
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Refuses a locale in which files and rows would be others than elsewhere. */
  static void requireSuitedLocale() {
    ProcessSettings.unsuitedLocale()
        .ifPresent(
            locale -> {
              throw EngineErrors.unsuitedLocale(locale);
            });
  }

  /** What is set beyond what spark-submit hands in as system properties. */
  static Map<String, String> options(EngineSettings settings) {
    Map<String, String> options = new TreeMap<>();
    if (isLocal(settings)) {
      options.putAll(ON_ONE_MACHINE);
    }
    options.put(REDACTED, SecretKeys.PATTERN);
    // A default: who shares tables with writers that go through DynamoDB has to go through it, too.
    options.put(S3ALogStore.SETTING, S3ALogStore.class.getName());
    // What wrote a data file may have put a checksum into each page: a changed byte is found by it.
    options.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    options.keySet().removeIf(key -> System.getProperty(key) != null);
    options.putAll(settings.configuration());
    if (!isLocal(settings)) {
      options.put(
          EXECUTOR_OPTIONS, (SAME_DEFAULTS + " " + asked(EXECUTOR_OPTIONS, settings)).strip());
    }
    options.putAll(REQUIRED);
    // Hadoop's own files of settings may hold a limit, and longer lines would be left out silently.
    options.put(LONGEST_LINE, String.valueOf(Integer.MAX_VALUE));
    options.put(
        EXTENSIONS,
        withDelta(options.getOrDefault(EXTENSIONS, System.getProperty(EXTENSIONS, ""))));
    return options;
  }

  /** With what spark-submit hands in as system properties, where nothing else is said. */
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
   * The master asked for; spark-submit's own, which it hands in as a system property; or this
   * machine.
   */
  private static Optional<String> master(EngineSettings settings) {
    Optional<String> local =
        System.getProperty(MASTER) == null ? Optional.of("local[*]") : Optional.empty();
    return settings.master().or(() -> local);
  }
}
