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

/** Writes {@code session_timestamp}: one folder for each day of arrival, late lines and repeats. */
final class SessionFeed {
  private static final Instant AFTER_THE_UNCLOSED_QUOTE =
      Instant.parse("2026-03-09T23:10:00.000002Z");

  private final Random random;
  private final SessionIds ids;
  private final UnreadableLines unreadable;
  private final Tally tally;
  private final Map<LocalDate, List<String>> folders = new TreeMap<>();
  private final Map<String, Instant> landing = new HashMap<>();
  private final Map<String, Oddity> odd = new HashMap<>();
  private final List<RefusedLine> refused = new ArrayList<>();

  SessionFeed(Random random, SessionIds ids, Tally tally) {
    this.random = random;
    this.ids = ids;
    this.unreadable = new UnreadableLines(ids);
    this.tally = tally;
    SampleDays.withFolder().forEach(day -> folders.put(day, new ArrayList<>()));
  }

  List<ArrivalFile> files(List<Session> sessions) {
    for (int i = 0; i < sessions.size(); i++) {
      deliver(sessions.get(i), lag(i), TimestampForm.ofSession(i));
    }
    List<ArrivalFile> files = new ArrayList<>();
    folders.forEach(
        (day, lines) -> {
          plant(unreadable.among(day), lines);
          Collections.shuffle(lines, random);
          plant(unreadable.atTheEnd(day), lines);
          if (day.equals(UnreadableLines.QUOTE_BEFORE_A_GOOD_LINE)) {
            lines.add(lastOfItsFolder());
          }
          ArrivalFile file =
              new ArrivalFile(
                  "arrivals/session_timestamp/" + day + "/part-0.csv", "sessionid,ts", lines);
          note(file);
          files.add(file);
        });
    return files;
  }

  /** When the sessions took place that must land, by id: the truth about them. */
  Map<String, Instant> landing() {
    return Map.copyOf(landing);
  }

  /** The lines that must not land, by file and line. */
  List<RefusedLine> refused() {
    return List.copyOf(refused);
  }

  /**
   * Days between the event and its arrival. The rarest kinds are placed, not drawn, and spare the
   * last folders: among so few lines a single bad one would be a large share.
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
    Oddity timeliness = timeliness(day, arrival);
    tally.add(timeliness);
    boolean lands = !arrival.isBefore(day) && !arrival.isAfter(day.plusDays(2));
    if (lands) {
      landing.put(session.id(), session.at());
    } else {
      odd.put(line, timeliness);
    }
    int kind = random.nextInt(100);
    if (lands && kind < 2) {
      LocalDate again = kind == 0 ? arrival : SampleDays.arrival(day, 2);
      add(again, line, form);
      tally.add(
          again.equals(arrival)
              ? Oddity.REPEATED_IN_ITS_FOLDER
              : Oddity.REPEATED_IN_A_LATER_FOLDER);
    }
  }

  private void add(LocalDate arrival, String line, TimestampForm form) {
    folders.get(arrival).add(line);
    form.oddity().ifPresent(tally::add);
  }

  private void plant(Optional<OddLine> line, List<String> lines) {
    line.ifPresent(
        planted -> {
          lines.add(planted.text());
          odd.put(planted.text(), planted.oddity());
          tally.add(planted.oddity());
        });
  }

  /** A good line, of a session that nothing else tells of. */
  private String lastOfItsFolder() {
    String id = ids.next();
    landing.put(id, AFTER_THE_UNCLOSED_QUOTE);
    tally.add(Oddity.ON_TIME);
    tally.add(Oddity.SESSION_WITHOUT_CHANNEL);
    tally.add(Oddity.SESSION_WITHOUT_PAYMENT);
    return Csv.line(id, TimestampForm.UTC.of(AFTER_THE_UNCLOSED_QUOTE));
  }

  /** The header is line 1. */
  private void note(ArrivalFile file) {
    for (int i = 0; i < file.lines().size(); i++) {
      Oddity oddity = odd.get(file.lines().get(i));
      if (oddity != null) {
        refused.add(new RefusedLine(file.path(), i + 2, oddity));
      }
    }
  }

  private static Oddity timeliness(LocalDate day, LocalDate arrival) {
    long lag = ChronoUnit.DAYS.between(day, arrival);
    if (lag < 0) {
      return Oddity.FROM_THE_FUTURE;
    }
    if (lag > 2) {
      return Oddity.TOO_LATE;
    }
    return lag == 0 ? Oddity.ON_TIME : lag == 1 ? Oddity.ONE_DAY_LATE : Oddity.TWO_DAYS_LATE;
  }
}
