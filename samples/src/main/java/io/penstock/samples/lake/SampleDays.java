package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.List;

/** The calendar of the sample lake: when things happened, and when news of them arrived. */
final class SampleDays {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  static final LocalDate LAST = LocalDate.of(2026, 3, 31);
  static final LocalDate LAST_ARRIVAL = LocalDate.of(2026, 4, 2);

  /** Nothing happened on this day, and nothing arrived: its folder holds a header only. */
  static final LocalDate SILENT = LocalDate.of(2026, 2, 14);

  private SampleDays() {}

  /** The days with sessions, in order. */
  static List<LocalDate> withSessions() {
    return FIRST.datesUntil(LAST.plusDays(1)).filter(day -> !day.equals(SILENT)).toList();
  }

  /** The days with a folder of arrivals, in order, the silent one among them. */
  static List<LocalDate> withFolder() {
    return FIRST.datesUntil(LAST_ARRIVAL.plusDays(1)).toList();
  }

  /**
   * The folder of a line that arrives so many days after its event, negative for before it. What
   * would arrive on the silent day arrives on a neighbouring one, still in time if it was in time.
   */
  static LocalDate arrival(LocalDate event, int lag) {
    LocalDate arrival = event.plusDays(lag);
    if (!arrival.equals(SILENT)) {
      return arrival;
    }
    return lag == 1 || lag > 2 ? arrival.plusDays(1) : arrival.minusDays(1);
  }
}
