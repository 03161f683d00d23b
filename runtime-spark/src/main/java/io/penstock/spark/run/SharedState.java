package io.penstock.spark.run;

import io.penstock.engine.ProcessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What all tasks of a process share whatever session they have: the JVM's settings, and those of
 * the session that theirs are copied from. A task that changes them changes what the next one
 * computes.
 */
public final class SharedState {
  private final SparkSession session;
  private final ProcessSettings process;
  private final Map<String, String> settings;
  private final boolean nothingCached;

  private SharedState(SparkSession session, Map<String, String> settings) {
    this.session = session;
    this.process = ProcessSettings.now();
    this.settings = settings;
    this.nothingCached = session.sharedState().cacheManager().isEmpty();
  }

  /**
   * As it is now.
   *
   * @param required the settings that are watched; others Spark and Delta set by themselves when
   *     they are first used
   */
  static SharedState of(SparkSession session, Map<String, String> required) {
    Map<String, String> settings = new TreeMap<>();
    required.keySet().forEach(key -> settings.put(key, held(session, key)));
    return new SharedState(session, settings);
  }

  private static String held(SparkSession session, String key) {
    return session.conf().get(key, "");
  }

  /** What is different now, each named. */
  List<String> changes() {
    List<String> changes = new ArrayList<>(process.changes());
    settings.forEach(
        (key, before) -> {
          if (!before.equals(held(session, key))) {
            changes.add("the setting " + key);
          }
        });
    return changes;
  }

  /** Makes everything as it was, and forgets rows that were cached since. */
  void restore() {
    process.restore();
    settings.forEach(
        (key, before) -> {
          if (before.equals(held(session, key))) {
            return;
          }
          if (before.isEmpty()) {
            session.conf().unset(key);
          } else {
            session.conf().set(key, before);
          }
        });
    // Spark finds cached rows by the folders that they were read from: another task that reads
    // the same folder would get what was in it then.
    if (nothingCached && !session.sharedState().cacheManager().isEmpty()) {
      session.sharedState().cacheManager().clearCache();
    }
  }
}
