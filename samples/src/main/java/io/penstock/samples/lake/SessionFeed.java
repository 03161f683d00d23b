package io.penstock.samples.lake;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes {@code session_timestamp}: one folder for each day of arrival, late lines and repeats. */
final class SessionFeed {
  private final Random random;
  private final UnreadableLines unreadable;
  private final Tally tally;
  private final Map<LocalDate, List<String>> folders = new TreeMap<>();

  SessionFeed(Random random, UnreadableLines unreadable, Tally tally) {
    this.random = random;
    this.unreadable = unreadable;
    this.tally = tally;
    SampleDays.withFolder().forEach(day -> folders.put(day, new ArrayList<>()));
  }

  List<ArrivalFile> files(List<Session> sessions) {
    for (int i = 0; i < sessions.size(); i++) {
      deliver(sessions.get(i), lag(i));
    }
    List<ArrivalFile> files = new ArrayList<>();
    folders.forEach(
        (day, lines) -> {
          lines.addAll(unreadable.among(day));
          Collections.shuffle(lines, random);
          lines.addAll(unreadable.atTheEnd(day));
          files.add(
              new ArrivalFile(
                  "arrivals/session_timestamp/" + day + "/part-0.csv", "sessionid,ts", lines));
        });
    return files;
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

  private void deliver(Session session, int lag) {
    LocalDate day = session.day();
    LocalDate arrival = SampleDays.arrival(day, lag);
    String line = Csv.line(session.id(), Csv.timestamp(session.at()));
    folder(arrival).add(line);
    tally.add(timeliness(day, arrival));
    boolean lands = !arrival.isBefore(day) && !arrival.isAfter(day.plusDays(2));
    int kind = random.nextInt(100);
    if (lands && kind < 2) {
      LocalDate again = kind == 0 ? arrival : SampleDays.arrival(day, 2);
      folder(again).add(line);
      tally.add(
          again.equals(arrival)
              ? Oddity.REPEATED_IN_ITS_FOLDER
              : Oddity.REPEATED_IN_A_LATER_FOLDER);
    }
  }

  private List<String> folder(LocalDate arrival) {
    return folders.get(arrival);
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
