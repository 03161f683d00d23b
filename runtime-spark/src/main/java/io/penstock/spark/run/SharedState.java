package io.penstock.spark.run;

import io.penstock.engine.ProcessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What all tasks of a process share whatever session they have: the JVM's settings, those of the
 * session that theirs are copied from, and Hadoop's. A task that changes them changes what the next
 * one computes.
 */
public final class SharedState {
  private final SparkSession session;
  private final ProcessSettings process;
  private final Map<String, String> settings;
  private final Map<String, String> hadoop;
  private final boolean nothingCached;

  private SharedState(SparkSession session) {
    this.session = session;
    this.process = ProcessSettings.now();
    this.settings = settings(session);
    this.hadoop = hadoop(session.sparkContext().hadoopConfiguration());
    this.nothingCached = session.sharedState().cacheManager().isEmpty();
  }

  /** As it is now. */
  static SharedState of(SparkSession session) {
    return new SharedState(session);
  }

  private static Map<String, String> settings(SparkSession session) {
    return new TreeMap<>(CollectionConverters.asJava(session.conf().getAll()));
  }

  /** What code has set; defaults come from files, and more of them are read at any time. */
  private static Map<String, String> hadoop(Configuration configuration) {
    Map<String, String> set = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      if (isSetByCode(configuration, entry.getKey())) {
        set.put(entry.getKey(), entry.getValue());
      }
    }
    return set;
  }

  private static boolean isSetByCode(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources != null && List.of(sources).contains("programmatically");
  }

  /** What is different now, each named. */
  List<String> changes() {
    List<String> changes = new ArrayList<>(process.changes());
    changed(settings, settings(session)).forEach(key -> changes.add("the setting " + key));
    changed(hadoop, hadoop(session.sparkContext().hadoopConfiguration()))
        .forEach(key -> changes.add("Hadoop's setting " + key));
    return changes;
  }

  private static List<String> changed(Map<String, String> before, Map<String, String> now) {
    Map<String, String> all = new TreeMap<>(before);
    all.putAll(now);
    return all.keySet().stream()
        .filter(key -> !before.getOrDefault(key, "\0").equals(now.getOrDefault(key, "\0")))
        .toList();
  }

  /** Makes everything as it was, and forgets rows that were cached since. */
  void restore() {
    process.restore();
    for (String key : changed(settings, settings(session))) {
      if (settings.containsKey(key)) {
        session.conf().set(key, settings.get(key));
      } else {
        session.conf().unset(key);
      }
    }
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    for (String key : changed(hadoop, hadoop(configuration))) {
      if (hadoop.containsKey(key)) {
        configuration.set(key, hadoop.get(key));
      } else {
        configuration.unset(key);
      }
    }
    // Spark finds cached rows by the folders that they were read from: another task that reads
    // the same folder would get what was in it then.
    if (nothingCached && !session.sharedState().cacheManager().isEmpty()) {
      session.sharedState().cacheManager().clearCache();
    }
  }
}
