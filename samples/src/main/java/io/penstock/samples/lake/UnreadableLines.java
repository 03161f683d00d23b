package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Lines of {@code session_timestamp} that nobody can make sense of, though some look harmless. */
final class UnreadableLines {
  private static final int EVERY_DAYS = 3;

  private final SessionIds ids;
  private final Tally tally;

  UnreadableLines(SessionIds ids, Tally tally) {
    this.ids = ids;
    this.tally = tally;
  }

  /** What goes between the good lines of a folder: one line on every third day. */
  List<String> among(LocalDate arrival) {
    int number = (int) (arrival.toEpochDay() - SampleDays.FIRST.toEpochDay());
    boolean spared = arrival.equals(SampleDays.SILENT) || arrival.isAfter(SampleDays.LAST);
    if (spared || number % EVERY_DAYS != 1) {
      return List.of();
    }
    return List.of(line(number / EVERY_DAYS, arrival, ids.next()));
  }

  /**
   * What ends the file of a folder: on three days a line with a quote that is never closed. On the
   * third a good line comes after it, of a session that nothing else tells of.
   */
  List<String> atTheEnd(LocalDate arrival) {
    String day = arrival.toString();
    Map<String, List<String>> tails =
        Map.of(
            "2026-01-17", List.of("\"%s,%sT21:05:33.120000Z"),
            "2026-02-20", List.of("%s,\"%sT22:47:08.451903Z"),
            "2026-03-09", List.of("\"%s,%sT23:10:00.000001Z", "%s,%sT23:10:00.000002Z"));
    List<String> tail = tails.getOrDefault(day, List.of());
    if (!tail.isEmpty()) {
      tally.add(Oddity.UNCLOSED_QUOTE);
    }
    if (tail.size() > 1) {
      tally.add(Oddity.ON_TIME);
      tally.add(Oddity.SESSION_WITHOUT_CHANNEL);
      tally.add(Oddity.SESSION_WITHOUT_PAYMENT);
    }
    return tail.stream().map(line -> String.format(line, ids.next(), day)).toList();
  }

  private String line(int kind, LocalDate day, String id) {
    return switch (kind % 8) {
      case 0 -> odd(Oddity.WRONG_NUMBER_OF_FIELDS, id);
      case 1 -> odd(Oddity.WRONG_NUMBER_OF_FIELDS, id + "," + day + "T09:30:00.000000Z,web");
      case 2 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",yesterday");
      case 3 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",");
      case 4 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",05/01/2026 10:00");
      case 5 -> odd(Oddity.NOT_A_TIMESTAMP, id + ",2026-02-30T11:15:00.000000Z");
      case 6 -> odd(Oddity.NOT_A_TIMESTAMP, id + "," + day + "T24:30:00.000000Z");
      default -> odd(Oddity.NO_SESSION_ID, "," + day + "T13:45:00.000000Z");
    };
  }

  private String odd(Oddity oddity, String line) {
    tally.add(oddity);
    return line;
  }
}
