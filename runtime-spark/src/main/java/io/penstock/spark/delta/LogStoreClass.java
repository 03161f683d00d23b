package io.penstock.spark.delta;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.delta.storage.LogStore;

/** What Delta accepts as the name of a class that writes its logs. */
public final class LogStoreClass {
  private LogStoreClass() {}

  /** Why Delta can't make a log store of the class of that name; empty if it can. */
  public static Optional<String> problemOf(String name) {
    try {
      Class<?> found = Class.forName(name, false, loader());
      if (io.delta.storage.LogStore.class.isAssignableFrom(found)) {
        return problemOf(found, List.of(Configuration.class));
      }
      return LogStore.class.isAssignableFrom(found)
          ? problemOf(found, List.of(SparkConf.class, Configuration.class))
          : Optional.of("the class isn't a log store of Delta");
    } catch (ClassNotFoundException e) {
      return Optional.of("there is no such class on the class path");
    } catch (LinkageError e) {
      return Optional.of("the class can't be loaded (" + e + ")");
    }
  }

  private static Optional<String> problemOf(Class<?> store, List<Class<?>> parameters) {
    boolean canBeMade =
        !Modifier.isAbstract(store.getModifiers())
            && Arrays.stream(store.getConstructors())
                .anyMatch(made -> List.of(made.getParameterTypes()).equals(parameters));
    return canBeMade
        ? Optional.empty()
        : Optional.of("the class is abstract, or has no constructor by which Delta could make one");
  }

  /** As Spark looks for classes that settings name. */
  private static ClassLoader loader() {
    return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
        .orElseGet(LogStoreClass.class::getClassLoader);
  }
}
