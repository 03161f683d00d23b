package io.penstock.samples.lake;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How a source writes an instant: mostly in UTC, sometimes in another form. */
enum TimestampForm {
  UTC("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", "UTC"),
  KOREAN("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", "Asia/Seoul"),
  WITH_A_SPACE("uuuu-MM-dd HH:mm:ss.SSSSSS", "UTC");

  private static final int EVERY_SESSIONS = 500;

  private final DateTimeFormatter formatter;

  TimestampForm(String pattern, String zone) {
    this.formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.of(zone));
  }

  /** Placed and not drawn, so that it doesn't influence other random values. */
  static TimestampForm ofSession(int index) {
    return switch (index % EVERY_SESSIONS) {
      case 100 -> KOREAN;
      case 300 -> WITH_A_SPACE;
      default -> UTC;
    };
  }

  String of(Instant instant) {
    return formatter.format(instant);
  }

  /** The anomaly of the form; empty for the usual one. */
  Optional<Anomaly> anomaly() {
    return switch (this) {
      case UTC -> Optional.empty();
      case KOREAN -> Optional.of(Anomaly.ANOTHER_OFFSET);
      case WITH_A_SPACE -> Optional.of(Anomaly.SPACE_FOR_THE_T);
    };
  }
}
