package io.penstock.spark.run;

import io.penstock.engine.ProcessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What all tasks of a process share whatever session they have: the JVM's settings, and those of
 * the session that theirs are copied from. A task that changes them changes what the next one
 * computes.
 */
public final class SharedState {
  private final SparkSession session;
  private final ProcessSettings process;
  private final BiPredicate<String, String> watched;
  private final Map<String, String> settings;
  private final boolean nothingCached;

  private SharedState(SparkSession session, BiPredicate<String, String> watched) {
    this.session = session;
    this.process = ProcessSettings.now();
    this.watched = watched;
    this.settings = held(session, watched);
    this.nothingCached = session.sharedState().cacheManager().isEmpty();
  }

  /**
   * As it is now.
   *
   * @param watched by name and value, which settings of the session are looked at: Delta sets
   *     others by itself
   */
  static SharedState of(SparkSession session, BiPredicate<String, String> watched) {
    return new SharedState(session, watched);
  }

  private static Map<String, String> held(
      SparkSession session, BiPredicate<String, String> watched) {
    Map<String, String> held = new TreeMap<>(CollectionConverters.asJava(session.conf().getAll()));
    held.entrySet().removeIf(setting -> !watched.test(setting.getKey(), setting.getValue()));
    return held;
  }

  /** What is different now, each named. */
  List<String> changes() {
    List<String> changes = new ArrayList<>(process.changes());
    changedSettings().forEach(key -> changes.add("the setting " + key));
    return changes;
  }

  private Set<String> changedSettings() {
    Map<String, String> now = held(session, watched);
    Set<String> changed = new TreeSet<>(settings.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(key -> Objects.equals(settings.get(key), now.get(key)));
    return changed;
  }

  /** Makes everything as it was, and forgets rows that were cached since. */
  void restore() {
    process.restore();
    for (String key : changedSettings()) {
      if (settings.containsKey(key)) {
        session.conf().set(key, settings.get(key));
      } else {
        session.conf().unset(key);
      }
    }
    // Spark finds cached rows by the folders that they were read from: another task that reads
    // the same folder would get what was in it then.
    if (nothingCached && !session.sharedState().cacheManager().isEmpty()) {
      session.sharedState().cacheManager().clearCache();
    }
  }
}
