package io.penstock.dsl;

import io.penstock.spec.Expectation;

/** Earlier units with whose numbers of rows one is compared; made by {@link RowShare#ofLast}. */
public record RecentRows(Expectation.RecentRowCount check) {
  /**
   * Compares a day with the same day of the week in as many weeks before it, where weekends differ
   * from other days.
   */
  public RecentRows sameWeekday() {
    return new RecentRows(
        new Expectation.RecentRowCount(
            check.share(), check.units(), Expectation.RecentRowCount.Earlier.SAME_WEEKDAY));
  }
}
