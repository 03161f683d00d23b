package io.penstock.samples.lake;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates sessions: a weekly rhythm, slow growth, and instants that are hard to sort. */
final class SessionGenerator {
  private static final int SESSIONS = 100_000;
  private static final int SECONDS_OF_DAY = 24 * 60 * 60;

  private final Random random;
  private final SessionIds ids;

  SessionGenerator(Random random, SessionIds ids) {
    this.random = random;
    this.ids = ids;
  }

  /** All sessions, by day, with an additional one for every wholesale order. */
  List<Session> all() {
    List<LocalDate> days = SampleDays.withSessions();
    long allWeights = days.stream().mapToLong(SessionGenerator::weight).sum();
    List<Session> sessions = new ArrayList<>();
    long weights = 0;
    for (LocalDate day : days) {
      long before = SESSIONS * weights / allWeights;
      weights += weight(day);
      addDay(day, (int) (SESSIONS * weights / allWeights - before), sessions);
    }
    return sessions;
  }

  /** Sessions that are missing from {@code session_timestamp}. */
  List<Session> unseen(int count) {
    List<LocalDate> days = SampleDays.withSessions();
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDate day = days.get(random.nextInt(days.size()));
      sessions.add(session(UserGenerator.user(random), within(day)));
    }
    return sessions;
  }

  private void addDay(LocalDate day, int count, List<Session> sessions) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant lastMicrosecond = start.plus(1, ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS);
    sessions.add(session(UserGenerator.user(random), start));
    sessions.add(session(UserGenerator.user(random), lastMicrosecond));
    for (int i = 2; i < count; i++) {
      Session previous = sessions.get(sessions.size() - 1);
      boolean twin = random.nextInt(1_000) < 15;
      sessions.add(
          twin
              ? previous.twin(ids.next(), Channels.otherThan(previous.channel()))
              : session(UserGenerator.user(random), within(day)));
    }
    WholesaleOrder.ALL.stream()
        .filter(order -> order.day().equals(day))
        .forEach(order -> sessions.add(session(order.user(), within(day))));
  }

  private Session session(long user, Instant at) {
    return new Session(ids.next(), user, Channels.of(user, random), at);
  }

  private Instant within(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusSeconds(random.nextInt(SECONDS_OF_DAY))
        .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
  }

  private static long weight(LocalDate day) {
    boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    return (weekend ? 75 : 100) + ChronoUnit.DAYS.between(SampleDays.FIRST, day) / 3;
  }
}
