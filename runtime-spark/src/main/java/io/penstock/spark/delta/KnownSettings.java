package io.penstock.spark.delta;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.delta.sources.DeltaSQLConf$;
import org.apache.spark.sql.internal.SQLConf$;
import org.apache.spark.sql.internal.StaticSQLConf$;
import scala.jdk.javaapi.CollectionConverters;

/** The settings that Spark SQL and Delta know of. */
public final class KnownSettings {
  private KnownSettings() {}

  /**
   * The default of a setting, as text; empty when neither Spark nor Delta knows it. Some have
   * several names.
   */
  public static Optional<String> defaultOf(String key) {
    return entries().getConfigEntries().stream()
        .filter(entry -> entry.key().equals(key) || entry.alternatives().contains(key))
        .findFirst()
        .map(ConfigEntry::defaultValueString);
  }

  /** The names of all. */
  public static Set<String> names() {
    return entries().getConfigEntries().stream()
        .flatMap(
            entry ->
                Stream.concat(
                    Stream.of(entry.key()),
                    CollectionConverters.asJava(entry.alternatives()).stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static SQLConf$ entries() {
    // Delta's and the static settings are registered when their object is first initialized.
    Objects.requireNonNull(DeltaSQLConf$.MODULE$);
    Objects.requireNonNull(StaticSQLConf$.MODULE$);
    return SQLConf$.MODULE$;
  }
}
