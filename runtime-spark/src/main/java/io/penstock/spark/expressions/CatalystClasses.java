package io.penstock.spark.expressions;

import io.penstock.spark.text.WordList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds Spark's classes by name. A class that is missing is a bug of Penstock. */
final class CatalystClasses {
  private CatalystClasses() {}

  static Class<?> named(String name) {
    try {
      return Class.forName(name, false, CatalystClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Spark has no class '" + name + "'.", e);
    }
  }

  static Set<Class<?>> union(List<Set<Class<?>>> sets) {
    return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }

  /** The classes of a package, given by their simple names, separated by spaces. */
  static Set<Class<?>> of(String packageName, String simpleNames) {
    return WordList.of(simpleNames).stream()
        .map(name -> named(packageName + "." + name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
