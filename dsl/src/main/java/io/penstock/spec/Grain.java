package io.penstock.spec;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The length of one unit of a {@link Partition}: what one run replaces. */
public enum Grain {
  DAY(ChronoUnit.DAYS, day -> day),
  /** ISO week: starts on Monday. */
  WEEK(ChronoUnit.WEEKS, TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
  MONTH(ChronoUnit.MONTHS, TemporalAdjusters.firstDayOfMonth());

  private final ChronoUnit length;
  private final TemporalAdjuster toStart;

  Grain(ChronoUnit length, TemporalAdjuster toStart) {
    this.length = length;
    this.toStart = toStart;
  }

  /** The first day of the unit that holds the date. */
  LocalDate startOf(LocalDate date) {
    return date.with(toStart);
  }

  /** The first day of the unit that lies {@code units} after the one starting at {@code start}. */
  LocalDate plus(LocalDate start, long units) {
    return start.plus(units, length);
  }

  /** The grain in lower case, as messages and documents print it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
