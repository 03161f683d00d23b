package io.penstock.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The defaults of this JVM that code falls back on: locale, time zone, and the system properties
 * that an engine or the JDK reads. All tasks of a process share it, so code that changes it changes
 * what the others compute.
 *
 * <p>The only class that reads or sets these defaults.
 */
public final class ProcessSettings {
  /** The other system properties belong to libraries, which change them at any time. */
  private static final Set<String> WATCHED =
      Set.of(
          "HADOOP_USER_NAME",
          "file.encoding",
          "hadoop.home.dir",
          "java.io.tmpdir",
          "line.separator",
          "user.country",
          "user.dir",
          "user.home",
          "user.language",
          "user.name",
          "user.timezone");

  private static final long ALL_DIGITS = 9_876_543_210L;

  /** Those whose case depends on the language: Turkish, Azerbaijani and Lithuanian. */
  private static final String LANGUAGE_DEPENDENT_LETTERS =
      "Ii\u0130\u0131i\u0307I\u0307\u00cc\u00cd\u0128J\u0307\u012e\u0307";

  private final Locale locale;
  private final Locale display;
  private final Locale format;
  private final TimeZone zone;
  private final Map<String, String> properties;

  private ProcessSettings() {
    this.locale = Locale.getDefault();
    this.display = Locale.getDefault(Locale.Category.DISPLAY);
    this.format = Locale.getDefault(Locale.Category.FORMAT);
    // Before the properties: the JDK sets user.timezone when it first determines the zone.
    this.zone = TimeZone.getDefault();
    this.properties = watched();
  }

  /**
   * Makes them plain English and UTC, as a task has them on every machine: names of files and texts
   * in rows would otherwise follow the user who starts it.
   */
  public static void settle() {
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  /** As they are now. */
  public static ProcessSettings now() {
    return new ProcessSettings();
  }

  /**
   * The default locale, if numbers or the case of letters are others in it than in plain English:
   * an engine's libraries may format the names of their files by it, and change texts.
   */
  public static Optional<Locale> unsuitedLocale() {
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    if (!String.format(format, "%d", ALL_DIGITS).equals(String.valueOf(ALL_DIGITS))) {
      return Optional.of(format);
    }
    Locale locale = Locale.getDefault();
    boolean plainCase =
        LANGUAGE_DEPENDENT_LETTERS
                .toLowerCase(locale)
                .equals(LANGUAGE_DEPENDENT_LETTERS.toLowerCase(Locale.ROOT))
            && LANGUAGE_DEPENDENT_LETTERS
                .toUpperCase(locale)
                .equals(LANGUAGE_DEPENDENT_LETTERS.toUpperCase(Locale.ROOT));
    return plainCase ? Optional.empty() : Optional.of(locale);
  }

  private static Map<String, String> watched() {
    Properties all = System.getProperties();
    Map<String, String> watched = new TreeMap<>();
    all.stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark.sql.") || WATCHED.contains(name))
        .forEach(name -> watched.put(name, all.getProperty(name)));
    return watched;
  }

  /** What has changed since then, each with its values then and now. */
  public List<String> changes() {
    ProcessSettings now = now();
    List<String> changes = new ArrayList<>();
    if (!hasLocalesOf(now)) {
      changes.add(
          "the default locale (%s, before %s)"
              .formatted(now.format.toLanguageTag(), format.toLanguageTag()));
    }
    if (!zone.equals(now.zone)) {
      changes.add(
          "the default time zone (%s, before %s)".formatted(now.zone.getID(), zone.getID()));
    }
    for (String name : changedProperties(now)) {
      changes.add("the system property " + name);
    }
    return changes;
  }

  private boolean hasLocalesOf(ProcessSettings now) {
    return locale.equals(now.locale) && display.equals(now.display) && format.equals(now.format);
  }

  private Set<String> changedProperties(ProcessSettings now) {
    Set<String> names = new TreeSet<>(properties.keySet());
    names.addAll(now.properties.keySet());
    names.removeIf(name -> Objects.equals(now.properties.get(name), properties.get(name)));
    return names;
  }

  /** Restores what has changed since then. */
  public void restore() {
    ProcessSettings now = now();
    if (!zone.equals(now.zone)) {
      TimeZone.setDefault(zone);
    }
    if (!hasLocalesOf(now)) {
      Locale.setDefault(locale);
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
    for (String name : changedProperties(now)) {
      if (properties.containsKey(name)) {
        System.setProperty(name, properties.get(name));
      } else {
        System.clearProperty(name);
      }
    }
  }
}
