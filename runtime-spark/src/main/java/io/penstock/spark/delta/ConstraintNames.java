package io.penstock.spark.delta;

import java.util.Map;

/** Reads the parts of Delta's messages about broken constraints. */
final class ConstraintNames {
  private static final String NOT_NULL = "DELTA_NOT_NULL_CONSTRAINT_VIOLATED";

  private ConstraintNames() {}

  /** The constraint's name, or the rule itself. */
  static String of(String kind, Map<String, String> parameters) {
    if (kind.equals(NOT_NULL)) {
      return "NOT NULL " + parameters.getOrDefault("columnName", "");
    }
    return parameters.getOrDefault("constraintName", kind);
  }

  static String condition(Map<String, String> parameters) {
    return parameters.containsKey("expression") ? " " + parameters.get("expression") : "";
  }

  static String row(Map<String, String> parameters) {
    return parameters.containsKey("values")
        ? ", by a row with " + parameters.get("values").strip().replace("\n", ",")
        : "";
  }
}
