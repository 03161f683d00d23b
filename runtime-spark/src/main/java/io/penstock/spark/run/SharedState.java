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
 * The state that all tasks of a process share although each has its own session: the JVM's
 * settings, and those of the session that theirs are copied from. A task that changes it changes
 * what the next one computes.
 */
public final class SharedState {
  private final SparkSession session;
  private final ProcessSettings process;
  private final BiPredicate<String, String> watched;
  private final Map<String, String> settings;
  private final boolean nothingCached;

  /**
   * As it is now.
   *
   * @param watched by name and value, which settings of the session are compared: Delta sets others
   *     by itself
   */
  SharedState(SparkSession session, BiPredicate<String, String> watched) {
    this.session = session;
    this.process = ProcessSettings.now();
    this.watched = watched;
    this.settings = held(session, watched);
    this.nothingCached = session.sharedState().cacheManager().isEmpty();
  }

  private static Map<String, String> held(
      SparkSession session, BiPredicate<String, String> watched) {
    Map<String, String> held = new TreeMap<>(CollectionConverters.asJava(session.conf().getAll()));
    held.entrySet().removeIf(setting -> !watched.test(setting.getKey(), setting.getValue()));
    return held;
  }

  /** The names of what has changed since. */
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

  /** Restores everything, and clears what was cached since. */
  void restore() {
    process.restore();
    for (String key : changedSettings()) {
      if (settings.containsKey(key)) {
        session.conf().set(key, settings.get(key));
      } else {
        session.conf().unset(key);
      }
    }
    // Spark looks cached rows up by the folders that they were read from: another task that reads
    // the same folder would get what was in it then.
    if (nothingCached && !session.sharedState().cacheManager().isEmpty()) {
      session.sharedState().cacheManager().clearCache();
    }
  }
}
