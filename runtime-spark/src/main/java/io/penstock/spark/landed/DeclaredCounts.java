package io.penstock.spark.landed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many records a delivery says that it has.
 *
 * @param byName those of single files
 * @param others those of all other files together; empty where nothing is said of them
 */
record DeclaredCounts(Map<String, Long> byName, OptionalLong others) {
  /** A number, and perhaps a file behind it, whose folder doesn't count. */
  private static final Pattern LINE =
      Pattern.compile("\\s*(\\d{1,18})(?:\\s+(?:.*/)?(\\S.*?))?\\s*");

  DeclaredCounts {
    byName = Map.copyOf(byName);
  }

  /** What the lines of count files say; empty when one of them is of another form. */
  static Optional<DeclaredCounts> parsed(Iterable<String> lines) {
    Map<String, Long> byName = new HashMap<>();
    OptionalLong others = OptionalLong.empty();
    for (String line : lines) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        return Optional.empty();
      }
      long count = Long.parseLong(parts.group(1));
      if (parts.group(2) == null) {
        others = OptionalLong.of(Math.addExact(others.orElse(0), count));
      } else if (byName.putIfAbsent(parts.group(2), count) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new DeclaredCounts(byName, others));
  }
}
