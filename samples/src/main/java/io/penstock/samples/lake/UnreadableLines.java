package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lines of {@code session_timestamp} that nobody can make sense of, though some look harmless. */
final class UnreadableLines {
  private static final int EVERY_DAYS = 3;

  /** Here a good line follows the one that {@link #atTheEnd} gives. */
  static final LocalDate QUOTE_BEFORE_A_GOOD_LINE = LocalDate.of(2026, 3, 9);

  private static final Map<LocalDate, String> UNCLOSED =
      Map.of(
          LocalDate.of(2026, 1, 17),
          "\"%s,%sT21:05:33.120000Z",
          LocalDate.of(2026, 2, 20),
          "%s,\"%sT22:47:08.451903Z",
          QUOTE_BEFORE_A_GOOD_LINE,
          "\"%s,%sT23:10:00.000001Z");

  private final SessionIds ids;

  UnreadableLines(SessionIds ids) {
    this.ids = ids;
  }

  /** What goes between the good lines of a folder: one line on every third day. */
  Optional<OddLine> among(LocalDate arrival) {
    int number = (int) (arrival.toEpochDay() - SampleDays.FIRST.toEpochDay());
    boolean spared = arrival.equals(SampleDays.SILENT) || arrival.isAfter(SampleDays.LAST);
    if (spared || number % EVERY_DAYS != 1) {
      return Optional.empty();
    }
    return Optional.of(line(number / EVERY_DAYS, arrival, ids.next()));
  }

  /** What ends the file of a folder: on three days a line with a quote that is never closed. */
  Optional<OddLine> atTheEnd(LocalDate arrival) {
    return Optional.ofNullable(UNCLOSED.get(arrival))
        .map(
            line ->
                odd(Oddity.UNCLOSED_QUOTE, String.format(Locale.ROOT, line, ids.next(), arrival)));
  }

  private static OddLine line(int kind, LocalDate day, String id) {
    return switch (kind % 8) {
      case 0 -> odd(Oddity.WRONG_NUMBER_OF_FIELDS, id);
      case 1 -> odd(Oddity.WRONG_NUMBER_OF_FIELDS, id + "," + day + "T09:30:00.000000Z,web");
      case 2 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",yesterday");
      case 3 -> odd(Oddity.NO_TIMESTAMP, id + ",");
      case 4 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",05/01/2026 10:00");
      case 5 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",2026-02-30T11:15:00.000000Z");
      case 6 -> odd(Oddity.NOT_A_TIMESTAMP, id + "," + day + "T24:30:00.000000Z");
      default -> odd(Oddity.NO_SESSION_ID, "," + day + "T13:45:00.000000Z");
    };
  }

  private static OddLine odd(Oddity oddity, String line) {
    return new OddLine(oddity, line);
  }
}
