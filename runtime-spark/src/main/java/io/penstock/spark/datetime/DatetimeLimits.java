package io.penstock.spark.datetime;

/** How great a number may be, on both sides of zero, so that no date or time overflows. */
public final class DatetimeLimits {
  /** Not quite half of what a DATE can hold, so that two such numbers can be added. */
  public static final long DAYS = 1_000_000_000;

  /** More seconds than these overflow a LONG of microseconds. */
  static final long SECONDS = Long.MAX_VALUE / 1_000_000;

  private DatetimeLimits() {}
}
