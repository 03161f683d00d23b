package io.penstock.jobs.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the rows or lines that are there differ from those expected, in any order. */
record Difference<T>(List<T> missing, List<T> unexpected) {
  static <T> Difference<T> between(List<T> expected, List<T> actual) {
    List<T> missing = new ArrayList<>(expected);
    List<T> unexpected = new ArrayList<>();
    for (T element : actual) {
      if (!missing.remove(element)) {
        unexpected.add(element);
      }
    }
    return new Difference<>(missing, unexpected);
  }

  boolean isEmpty() {
    return missing.isEmpty() && unexpected.isEmpty();
  }

  /** For the end of a message. */
  String text(Function<T, String> line) {
    return listed("Missing", missing, line) + listed("Unexpected", unexpected, line);
  }

  private static <T> String listed(String title, List<T> elements, Function<T, String> line) {
    return elements.isEmpty()
        ? ""
        : elements.stream()
            .map(line)
            .collect(
                Collectors.joining("\n  ", "\n%s (%s):\n  ".formatted(title, elements.size()), ""));
  }
}
