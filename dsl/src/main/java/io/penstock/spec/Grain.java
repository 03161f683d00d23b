package io.penstock.spec;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** The length of one unit of a {@link Partition}: what one run replaces. */
public enum Grain {
  DAY {
    @Override
    LocalDate startOf(LocalDate date) {
      return date;
    }

    @Override
    LocalDate plus(LocalDate start, long units) {
      return start.plusDays(units);
    }
  },
  /** ISO week: starts on Monday. */
  WEEK {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate plus(LocalDate start, long units) {
      return start.plusWeeks(units);
    }
  },
  MONTH {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    LocalDate plus(LocalDate start, long units) {
      return start.plusMonths(units);
    }
  };

  /** The first day of the unit that holds the date. */
  abstract LocalDate startOf(LocalDate date);

  /** The first day of the unit that lies {@code units} after the one starting at {@code start}. */
  abstract LocalDate plus(LocalDate start, long units);

  /** The grain in lower case, as messages and documents print it. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
