package io.penstock.spark.expressions;

import java.util.HashSet;
import java.util.Set;

/** Classes of Spark, found by name. One that isn't there is a fault of this build. */
final class CatalystClasses {
  private CatalystClasses() {}

  static Class<?> named(String name) {
    try {
      return Class.forName(name, false, CatalystClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Spark has no class '" + name + "'.", e);
    }
  }

  /** Classes of one package, by their simple names with spaces between. */
  static Set<Class<?>> of(String packageName, String simpleNames) {
    Set<Class<?>> classes = new HashSet<>();
    for (String name : simpleNames.strip().split("\\s+", -1)) {
      classes.add(named(packageName + "." + name));
    }
    return classes;
  }
}
