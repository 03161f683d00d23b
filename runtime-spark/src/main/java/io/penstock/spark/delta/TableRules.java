package io.penstock.spark.delta;

import java.util.Map;
import java.util.TreeMap;

/** Those of a table's properties that decide whether files written earlier may be committed. */
record TableRules(Map<String, String> properties) {
  static TableRules of(Map<String, String> properties) {
    Map<String, String> rules = new TreeMap<>(properties);
    rules
        .keySet()
        .removeIf(
            key ->
                !key.startsWith("delta.constraints.") && !key.equals("delta.columnMapping.mode"));
    return new TableRules(rules);
  }
}
