package io.penstock.spark.engine;

import io.penstock.engine.Cleaning;
import io.penstock.engine.RunFailedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class EngineErrors {
  private EngineErrors() {}

  static RunFailedException logStoreOfEveryScheme(String key, String store) {
    return wrong(
        "Cannot use %s=%s: Delta takes either one log store for everything or one for each scheme, and Penstock sets those of file and s3a."
            .formatted(key, store),
        "leave it out; for the tables of one scheme set spark.delta.logStore.<scheme>.impl.");
  }

  static RunFailedException unusableLogStore(String key, String store, String problem) {
    return wrong(
        "Cannot use %s=%s: %s.".formatted(key, store, problem),
        "leave it out, or name a class that implements io.delta.storage.LogStore and put its jar on"
            + " the class path.");
  }

  static RunFailedException twoLogStores(String scheme, String store, String sparkStore) {
    return wrong(
        "Cannot use two log stores for the tables of '%1$s': delta.logStore.%1$s.impl is %2$s and spark.delta.logStore.%1$s.impl is %3$s."
            .formatted(scheme, store, sparkStore),
        "leave out delta.logStore.%1$s.impl, and set spark.delta.logStore.%1$s.impl alone."
            .formatted(scheme));
  }

  static RunFailedException replacedLogStore(String key, String store) {
    return wrong(
        "Cannot use %s=%s: tables on a local file system are committed to by Penstock's own log store, because two processes never win one version by it."
            .formatted(key, store),
        "leave it out.");
  }

  static RunFailedException tooYoung(Duration age) {
    return RunFailedException.usage(
        "TOO_YOUNG",
        "Cannot clean up what has not changed for %s hours: a run that takes long may still be about to publish it."
            .formatted(age.toHours()),
        "clean up what has not changed for %s days or longer."
            .formatted(Cleaning.LEAST_AGE.toDays()));
  }

  static RunFailedException nothingToClean(String path, String advice) {
    return RunFailedException.usage(
        "NOTHING_TO_CLEAN",
        "There is no Delta table and no export at '%s'.".formatted(path),
        advice);
  }

  static RunFailedException unknownUser(Throwable cause) {
    return RunFailedException.invalid(
            "UNKNOWN_USER",
            "Cannot tell as whom to access the lake: the id of this process's user has no name"
                + " on this machine.",
            "give it one, by a line in /etc/passwd (of the image, in a container).")
        .causedBy(cause);
  }

  static RunFailedException unsuitedLocale(Locale locale) {
    return RunFailedException.invalid(
        "LOCALE",
        "Cannot work in the default locale %s of this JVM: the names of files that Spark and Delta write would have its digits or letters, which readers elsewhere don't find."
            .formatted(locale.toLanguageTag()),
        "start the JVM with -Duser.language=en -Duser.country=US.");
  }

  static RunFailedException settingsNotAllowed(Map<String, String> settings) {
    return RunFailedException.invalid(
        "SETTING_NOT_ALLOWED",
        "Cannot work with %s: not known to leave the rows of a job as they are."
            .formatted(listed(settings)),
        "leave it at its default, and say in the job's own text what is meant; settings of"
            + " speed, memory and parallelism are allowed.");
  }

  static RunFailedException tableDefaultsNotAllowed(
      Map<String, String> settings, Set<String> allowed) {
    return RunFailedException.invalid(
        "SETTING_NOT_ALLOWED",
        "Cannot work with %s: new tables would lock other readers out, or later runs."
            .formatted(listed(settings)),
        "leave it out, and give a table that needs it the property by ALTER TABLE … SET"
            + " TBLPROPERTIES. Defaults of new tables may be: %s."
                .formatted(String.join(", ", new TreeSet<>(allowed))));
  }

  private static String listed(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  static RunFailedException nothingToShow(String message, String fix) {
    return RunFailedException.usage("NOTHING_TO_SHOW", message, fix);
  }

  static RunFailedException noTable(String path, String advice) {
    return RunFailedException.usage(
        "NO_TABLE", "There is no Delta table at '%s'.".formatted(path), advice);
  }

  private static RunFailedException wrong(String message, String fix) {
    return RunFailedException.invalid("INVALID_LOG_STORE", message, fix);
  }
}
