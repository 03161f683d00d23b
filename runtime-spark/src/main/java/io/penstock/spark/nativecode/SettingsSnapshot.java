package io.penstock.spark.nativecode;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;

/**
 * All settings that native code could change, as they were at one moment: those of the session that
 * it sees, of the session that this was copied from, of Hadoop, and of the thread.
 */
final class SettingsSnapshot {
  /** A place that holds settings, with its values at the moment of the snapshot. */
  private static final class Store {
    private final Supplier<Map<String, String>> reader;
    private final BiConsumer<String, String> setter;
    private final Consumer<String> remover;
    private final Map<String, String> before;

    Store(
        Supplier<Map<String, String>> reader,
        BiConsumer<String, String> setter,
        Consumer<String> remover) {
      this.reader = reader;
      this.setter = setter;
      this.remover = remover;
      this.before = reader.get();
    }

    void restore(Set<String> changed) {
      Map<String, String> after = reader.get();
      Set<String> names = new TreeSet<>(before.keySet());
      names.addAll(after.keySet());
      names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
      changed.addAll(names);
      for (String name : names) {
        if (before.containsKey(name)) {
          setter.accept(name, before.get(name));
        } else {
          remover.accept(name);
        }
      }
    }
  }

  private final List<Store> stores;

  SettingsSnapshot(SparkSession copy, SparkSession session) {
    SparkContext context = session.sparkContext();
    Configuration hadoop = context.hadoopConfiguration();
    this.stores =
        List.of(
            of(copy),
            of(session),
            new Store(() -> settings(hadoop), hadoop::set, hadoop::unset),
            new Store(
                () -> localProperties(context),
                context::setLocalProperty,
                name -> context.setLocalProperty(name, null)));
  }

  /** Restores every setting that was changed since, and returns their names. */
  Set<String> restore() {
    Set<String> changed = new TreeSet<>();
    stores.forEach(store -> store.restore(changed));
    return changed;
  }

  private static Store of(SparkSession session) {
    SQLConf conf = session.sessionState().conf();
    return new Store(
        () -> new TreeMap<>(CollectionConverters.asJava(conf.getAllConfs())),
        conf::setConfString,
        conf::unsetConf);
  }

  private static Map<String, String> settings(Configuration hadoop) {
    Map<String, String> settings = new TreeMap<>();
    hadoop.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    return settings;
  }

  private static Map<String, String> localProperties(SparkContext context) {
    Map<String, String> properties = new TreeMap<>();
    context
        .getLocalProperties()
        .forEach((name, value) -> properties.put(String.valueOf(name), String.valueOf(value)));
    return properties;
  }
}
