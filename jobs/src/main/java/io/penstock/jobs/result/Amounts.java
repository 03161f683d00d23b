package io.penstock.jobs.result;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Formats amounts for people, independently of the machine's locale. */
public final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private static final int MOST_NAMES = 3;

  private Amounts() {}

  /** {@code 1 row}, {@code 99,901 rows}. */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** The first few of some names and how many more there are: {@code a, b, c and 4 more}. */
  public static String beginning(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return more <= 0
        ? String.join(", ", names)
        : "%s and %s more"
            .formatted(
                String.join(", ", names.subList(0, MOST_NAMES)),
                String.format(Locale.ROOT, "%,d", more));
  }

  /** {@code 512 B}, {@code 1.5 KiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 0.3 s}. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
