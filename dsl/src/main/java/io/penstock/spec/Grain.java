package io.penstock.spec;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The length of one unit of a {@link Partition}: what one run replaces. */
public enum Grain {
  DAY(ChronoUnit.DAYS),
  /** ISO week: starts on Monday. */
  WEEK(ChronoUnit.WEEKS),
  MONTH(ChronoUnit.MONTHS);

  private final ChronoUnit length;

  Grain(ChronoUnit length) {
    this.length = length;
  }

  /** The first day of the unit that holds the date. */
  LocalDate startOf(LocalDate date) {
    return switch (this) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
    };
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
