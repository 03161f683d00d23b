package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Malformed lines of {@code session_timestamp}, some of which look harmless. */
final class MalformedLines {
  private static final int EVERY_DAYS = 3;

  /** On this day a valid line follows the one of {@link #atTheEnd}. */
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

  MalformedLines(SessionIds ids) {
    this.ids = ids;
  }

  /** The malformed line among the valid ones of a folder, on every third day. */
  Optional<AnomalousLine> among(LocalDate arrival) {
    int number = (int) (arrival.toEpochDay() - SampleDays.FIRST.toEpochDay());
    boolean spared = arrival.equals(SampleDays.SILENT) || arrival.isAfter(SampleDays.LAST);
    if (spared || number % EVERY_DAYS != 1) {
      return Optional.empty();
    }
    return Optional.of(line(number / EVERY_DAYS, arrival, ids.next()));
  }

  /** The malformed last line of a folder: on three days a line with an unclosed quote. */
  Optional<AnomalousLine> atTheEnd(LocalDate arrival) {
    return Optional.ofNullable(UNCLOSED.get(arrival))
        .map(
            line ->
                anomalous(
                    Anomaly.UNCLOSED_QUOTE, String.format(Locale.ROOT, line, ids.next(), arrival)));
  }

  private static AnomalousLine line(int kind, LocalDate day, String id) {
    return switch (kind % 8) {
      case 0 -> anomalous(Anomaly.WRONG_NUMBER_OF_FIELDS, id);
      case 1 -> anomalous(Anomaly.WRONG_NUMBER_OF_FIELDS, id + "," + day + "T09:30:00.000000Z,web");
      case 2 -> anomalous(Anomaly.NOT_A_TIMESTAMP, id + ",yesterday");
      case 3 -> anomalous(Anomaly.NO_TIMESTAMP, id + ",");
      case 4 -> anomalous(Anomaly.NOT_A_TIMESTAMP, id + ",05/01/2026 10:00");
      case 5 -> anomalous(Anomaly.NOT_A_TIMESTAMP, id + ",2026-02-30T11:15:00.000000Z");
      case 6 -> anomalous(Anomaly.NOT_A_TIMESTAMP, id + "," + day + "T24:30:00.000000Z");
      default -> anomalous(Anomaly.NO_SESSION_ID, "," + day + "T13:45:00.000000Z");
    };
  }

  private static AnomalousLine anomalous(Anomaly anomaly, String line) {
    return new AnomalousLine(anomaly, line);
  }
}
