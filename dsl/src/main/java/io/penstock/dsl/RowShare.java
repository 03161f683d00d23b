package io.penstock.dsl;

import io.penstock.spec.Expectation;
import java.math.BigDecimal;

/** How far a number of rows may be from what is usual; made by {@link Penstock#within}. */
public record RowShare(BigDecimal share) {
  /**
   * Usual is the median of the {@code units} before this one in the same output, as the run found
   * it. Those that aren't there don't count; where none is, the check passes, and its result says
   * so.
   *
   * @throws IllegalArgumentException when it is no unit, or the share is not more than 0 and at
   *     most 1
   */
  public RecentRows ofLast(int units) {
    return new RecentRows(
        new Expectation.RecentRowCount(share, units, Expectation.RecentRowCount.Earlier.ALL));
  }
}
