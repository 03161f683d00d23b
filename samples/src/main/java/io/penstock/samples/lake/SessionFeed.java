package io.penstock.samples.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Generates {@code session_timestamp}: a folder for each day of arrival, with late and repeated
 * lines.
 */
final class SessionFeed {
  private static final Instant AFTER_THE_UNCLOSED_QUOTE =
      Instant.parse("2026-03-09T23:10:00.000002Z");

  private final Random random;
  private final SessionIds ids;
  private final MalformedLines malformed;
  private final AnomalyCounts counts;
  private final Map<LocalDate, List<String>> folders = new TreeMap<>();
  private final Map<String, Instant> landing = new HashMap<>();
  private final Map<String, Anomaly> anomalies = new HashMap<>();
  private final List<RejectedLine> rejected = new ArrayList<>();

  SessionFeed(Random random, SessionIds ids, AnomalyCounts counts) {
    this.random = random;
    this.ids = ids;
    this.malformed = new MalformedLines(ids);
    this.counts = counts;
    SampleDays.withFolder().forEach(day -> folders.put(day, new ArrayList<>()));
  }

  List<ArrivalFile> files(List<Session> sessions) {
    for (int i = 0; i < sessions.size(); i++) {
      deliver(sessions.get(i), lag(i), TimestampForm.ofSession(i));
    }
    List<ArrivalFile> files = new ArrayList<>();
    folders.forEach(
        (day, lines) -> {
          addAnomaly(malformed.among(day), lines);
          Collections.shuffle(lines, random);
          addAnomaly(malformed.atTheEnd(day), lines);
          if (day.equals(MalformedLines.QUOTE_BEFORE_A_GOOD_LINE)) {
            lines.add(lastOfItsFolder());
          }
          ArrivalFile file =
              new ArrivalFile(
                  "arrivals/session_timestamp/" + day + "/part-0.csv", "sessionid,ts", lines);
          recordRejected(file);
          files.add(file);
        });
    return files;
  }

  /** The timestamps of the sessions that must land, by id. */
  Map<String, Instant> landing() {
    return Map.copyOf(landing);
  }

  /** The lines that must not land, by file and line. */
  List<RejectedLine> rejected() {
    return List.copyOf(rejected);
  }

  /**
   * Days between event and arrival. The rarest lags are placed, not drawn, and not in the last
   * folders, where a single bad line would be a large share of the lines.
   */
  private int lag(int index) {
    if (index % 33_333 == 20_000) {
      return -1;
    }
    if (index % 10_007 == 1_000) {
      return 3 + random.nextInt(3);
    }
    int kind = random.nextInt(100);
    return kind < 3 ? 1 : kind < 4 ? 2 : 0;
  }

  private void deliver(Session session, int lag, TimestampForm form) {
    LocalDate day = session.day();
    LocalDate arrival = SampleDays.arrival(day, lag);
    String line = Csv.line(session.id(), form.of(session.at()));
    add(arrival, line, form);
    Anomaly timeliness = timeliness(day, arrival);
    counts.add(timeliness);
    boolean lands = !arrival.isBefore(day) && !arrival.isAfter(day.plusDays(2));
    if (lands) {
      landing.put(session.id(), session.at());
    } else {
      anomalies.put(line, timeliness);
    }
    int kind = random.nextInt(100);
    if (lands && kind < 2) {
      LocalDate again = kind == 0 ? arrival : SampleDays.arrival(day, 2);
      add(again, line, form);
      counts.add(
          again.equals(arrival)
              ? Anomaly.REPEATED_IN_ITS_FOLDER
              : Anomaly.REPEATED_IN_A_LATER_FOLDER);
    }
  }

  private void add(LocalDate arrival, String line, TimestampForm form) {
    folders.get(arrival).add(line);
    form.anomaly().ifPresent(counts::add);
  }

  private void addAnomaly(Optional<AnomalousLine> line, List<String> lines) {
    line.ifPresent(
        anomalous -> {
          lines.add(anomalous.text());
          anomalies.put(anomalous.text(), anomalous.anomaly());
          counts.add(anomalous.anomaly());
        });
  }

  /** A valid line of a session that no other line mentions. */
  private String lastOfItsFolder() {
    String id = ids.next();
    landing.put(id, AFTER_THE_UNCLOSED_QUOTE);
    counts.add(Anomaly.ON_TIME);
    counts.add(Anomaly.SESSION_WITHOUT_CHANNEL);
    counts.add(Anomaly.SESSION_WITHOUT_PAYMENT);
    return Csv.line(id, TimestampForm.UTC.of(AFTER_THE_UNCLOSED_QUOTE));
  }

  /** The header is line 1. */
  private void recordRejected(ArrivalFile file) {
    for (int i = 0; i < file.lines().size(); i++) {
      Anomaly anomaly = anomalies.get(file.lines().get(i));
      if (anomaly != null) {
        rejected.add(new RejectedLine(file.path(), i + 2, anomaly));
      }
    }
  }

  private static Anomaly timeliness(LocalDate day, LocalDate arrival) {
    long lag = ChronoUnit.DAYS.between(day, arrival);
    if (lag < 0) {
      return Anomaly.FROM_THE_FUTURE;
    }
    if (lag > 2) {
      return Anomaly.TOO_LATE;
    }
    return lag == 0 ? Anomaly.ON_TIME : lag == 1 ? Anomaly.ONE_DAY_LATE : Anomaly.TWO_DAYS_LATE;
  }
}
