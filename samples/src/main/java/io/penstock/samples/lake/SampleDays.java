package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.List;

/** The calendar of the sample lake: the days of events and of arrivals. */
final class SampleDays {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  static final LocalDate LAST = LocalDate.of(2026, 3, 31);
  static final LocalDate LAST_ARRIVAL = LocalDate.of(2026, 4, 2);

  /** A day without events and arrivals: its folder holds a header only. */
  static final LocalDate SILENT = LocalDate.of(2026, 2, 14);

  private SampleDays() {}

  /** The days with sessions, in order. */
  static List<LocalDate> withSessions() {
    return FIRST.datesUntil(LAST.plusDays(1)).filter(day -> !day.equals(SILENT)).toList();
  }

  /** The days with a folder of arrivals, in order, including the silent one. */
  static List<LocalDate> withFolder() {
    return FIRST.datesUntil(LAST_ARRIVAL.plusDays(1)).toList();
  }

  /**
   * The day of arrival of a line, {@code lag} days after its event; a negative lag is before it. A
   * line that would arrive on the silent day arrives on a neighbouring one, in time if it was.
   */
  static LocalDate arrival(LocalDate event, int lag) {
    LocalDate arrival = event.plusDays(lag);
    if (!arrival.equals(SILENT)) {
      return arrival;
    }
    return lag == 1 || lag > 2 ? arrival.plusDays(1) : arrival.minusDays(1);
  }
}
