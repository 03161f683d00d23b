package io.penstock.samples.lake;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes RFC 4180 with quotes only where they are required, which a leading space doesn't do. */
final class Csv {
  private Csv() {}

  /** One record, without its line end. */
  static String line(String... fields) {
    return Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(","));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
