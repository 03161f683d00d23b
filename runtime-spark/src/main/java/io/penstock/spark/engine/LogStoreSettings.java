package io.penstock.spark.engine;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.delta.LogStoreClass;
import io.penstock.spark.files.LocalLogStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the settings that tell Delta which log store to use, before Spark starts: Delta would find
 * what is wrong with them only when it opens its first table.
 */
final class LogStoreSettings {
  private static final Pattern OF_EVERY_SCHEME =
      Pattern.compile("(?:spark\\.)?delta\\.logStore\\.class");
  private static final Pattern BY_SCHEME =
      Pattern.compile("(?:spark\\.)?delta\\.logStore\\.(.+)\\.impl");

  private LogStoreSettings() {}

  /**
   * Checks what the user asks for, to Penstock or to spark-submit, before it is replaced by what
   * publication relies on.
   *
   * @throws RunFailedException if that is another store for local tables
   */
  static void checkAsked(Map<String, String> configuration) {
    String own = LocalLogStore.class.getName();
    String submitted = System.getProperty(LocalLogStore.SETTING, own);
    String asked = configuration.getOrDefault(LocalLogStore.SETTING, submitted);
    if (!asked.equals(own)) {
      throw EngineErrors.replacedLogStore(LocalLogStore.SETTING, asked);
    }
  }

  /**
   * Checks what a session is opened with.
   *
   * @throws RunFailedException if Delta can't work by it
   */
  static void check(Map<String, String> settings) {
    TreeMap<String, String> byScheme = new TreeMap<>();
    new TreeMap<>(settings)
        .forEach(
            (key, store) -> {
              if (OF_EVERY_SCHEME.matcher(key).matches()) {
                throw EngineErrors.logStoreOfEveryScheme(key, store);
              }
              Matcher scheme = BY_SCHEME.matcher(key);
              if (!scheme.matches()) {
                return;
              }
              LogStoreClass.problemOf(store)
                  .ifPresent(
                      problem -> {
                        throw EngineErrors.unusableLogStore(key, store, problem);
                      });
              // In the order of the keys, Spark's own spelling comes last.
              String before = byScheme.putIfAbsent(scheme.group(1), store);
              if (before != null && !before.equals(store)) {
                throw EngineErrors.twoLogStores(scheme.group(1), before, store);
              }
            });
  }
}
