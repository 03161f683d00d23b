package io.penstock.spec;

import java.time.Duration;

/** Lengths of time as the language writes them: {@code days(1)}, {@code minutes(90)}. */
final class Durations {
  private Durations() {}

  /** In the largest unit of which it is a whole number. */
  static String text(Duration duration) {
    if (duration.equals(Duration.ofDays(duration.toDays()))) {
      return "days(" + duration.toDays() + ")";
    }
    if (duration.equals(Duration.ofHours(duration.toHours()))) {
      return "hours(" + duration.toHours() + ")";
    }
    return duration.equals(Duration.ofMinutes(duration.toMinutes()))
        ? "minutes(" + duration.toMinutes() + ")"
        : duration.toString();
  }
}
