package io.penstock.spark.nativecode;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The settings around native code at one moment: those of its session, of the session it was copied
 * from, of Hadoop, and those of the thread.
 */
final class Settings {
  private final SparkSession copy;
  private final SparkSession session;
  private final Map<String, String> ofCopy;
  private final Map<String, String> ofSession;
  private final Map<String, String> ofHadoop;
  private final Map<String, String> ofThread;

  private Settings(SparkSession copy, SparkSession session) {
    this.copy = copy;
    this.session = session;
    this.ofCopy = all(copy);
    this.ofSession = all(session);
    this.ofHadoop = all(session.sparkContext().hadoopConfiguration());
    this.ofThread = ofThread(session);
  }

  static Settings of(SparkSession copy, SparkSession session) {
    return new Settings(copy, session);
  }

  /** Puts back what was changed since, and names it. */
  Set<String> restore() {
    Set<String> changed = new TreeSet<>();
    restore(ofCopy, all(copy), setting(copy), changed);
    restore(ofSession, all(session), setting(session), changed);
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    restore(
        ofHadoop,
        all(hadoop),
        (name, value) -> {
          if (value == null) {
            hadoop.unset(name);
          } else {
            hadoop.set(name, value);
          }
        },
        changed);
    restore(ofThread, ofThread(session), session.sparkContext()::setLocalProperty, changed);
    return changed;
  }

  private static BiConsumer<String, String> setting(SparkSession session) {
    SQLConf settings = session.sessionState().conf();
    return (name, value) -> {
      if (value == null) {
        settings.unsetConf(name);
      } else {
        settings.setConfString(name, value);
      }
    };
  }

  private static void restore(
      Map<String, String> before,
      Map<String, String> after,
      BiConsumer<String, String> set,
      Set<String> changed) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        changed.add(name);
        set.accept(name, before.get(name));
      }
    }
  }

  private static Map<String, String> all(SparkSession session) {
    return new TreeMap<>(CollectionConverters.asJava(session.sessionState().conf().getAllConfs()));
  }

  private static Map<String, String> all(Configuration hadoop) {
    Map<String, String> all = new TreeMap<>();
    hadoop.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  private static Map<String, String> ofThread(SparkSession session) {
    Map<String, String> all = new TreeMap<>();
    session
        .sparkContext()
        .getLocalProperties()
        .forEach((name, value) -> all.put(String.valueOf(name), String.valueOf(value)));
    return all;
  }
}
